import { describe, expect, test } from '@jest/globals';
import { connectionRecord, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { MAX_HEAD_BYTES, MAX_SUBJECTS, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { atEnd, startFeed } from '../bench.ts';
import { connectionsMessageOf, freshTimes, headOf, hostsHeadOf, messageOf, streamOf } from '../publisher.ts';

const PATIENCE_MS = 6_001;

type FeedBench = Awaited<ReturnType<typeof startFeed>>;

/** A feed that knows what Redis held before its start. */
async function started(
  before: (redis: Redis, names: ReturnType<typeof redisNames>) => Promise<unknown>,
): Promise<FeedBench> {
  const { url, prefix } = testRedis();
  const redis = new Redis(url);
  atEnd(() => {
    redis.disconnect();
  });
  await before(redis, redisNames(prefix));
  return startFeed({ prefix });
}

const numberOf = ({ feed }: FeedBench): (number | undefined)[] => {
  const head = feed.servers.newest('streams', 'main')?.head;
  return [head?.epoch, head?.seq];
};

async function untilItIs(bench: FeedBench, epoch: number, seq: number): Promise<void> {
  await eventually(() => {
    expect(numberOf(bench)).toStrictEqual([epoch, seq]);
  });
}

/** Messages that have come before the last one, whatever became of them. */
async function publishAll({ publisher, feed }: FeedBench, ...messages: readonly string[]): Promise<void> {
  for (const message of messages) await publisher.publishRaw(message);
  const faults = feed.rejectionCount;
  await publisher.publishRaw('{}');
  await eventually(() => {
    expect(feed.rejectionCount).toBeGreaterThan(faults);
  });
}

describe('an epoch that nobody reaches', () => {
  test('in some messages blinds nobody, and is told in the log once', async () => {
    const bench = await startFeed();
    await bench.publisher.publish(headOf());
    await untilItIs(bench, headOf().epoch, 1);
    const ahead = messageOf(headOf({ epoch: Number.MAX_SAFE_INTEGER }));
    await publishAll(bench, ahead, ahead);
    await bench.publisher.publish(headOf({ seq: 2 }));
    await untilItIs(bench, headOf().epoch, 2);
    const told = bench.lines.filter((line) =>
      line.includes('epoch is more than a day ahead of Redis’s clock'),
    );
    expect(told).toHaveLength(1);
  });

  test('in the key gives way to the first tick of who lives', async () => {
    const head = headOf({ ...freshTimes(), epoch: Number.MAX_SAFE_INTEGER });
    const bench = await started((redis, names) =>
      redis
        .multi()
        .set(names.streamsMeta('main'), JSON.stringify(head))
        .set(names.latest('streams', 'main'), '[]')
        .exec(),
    );
    await untilItIs(bench, Number.MAX_SAFE_INTEGER, 1);
    await bench.publisher.publish(headOf({ seq: 5 }));
    await untilItIs(bench, headOf().epoch, 5);
  });

  test('of a host gives way, too', async () => {
    const { feed, publisher } = await startFeed();
    const newest = () => feed.hosts.newest('hosts', 'media-1')?.head;
    await publisher.publishHost(hostsHeadOf({ epoch: Number.MAX_SAFE_INTEGER }));
    await eventually(() => {
      expect(newest()?.epoch).toBe(Number.MAX_SAFE_INTEGER);
    });
    await publisher.publishHost(hostsHeadOf({ seq: 3 }));
    await eventually(() => {
      expect(newest()).toMatchObject({ epoch: hostsHeadOf().epoch, seq: 3 });
    });
  });
});

describe('an older numbering that lives', () => {
  test.each([
    ['a greater epoch', headOf().epoch + 1, 1],
    ['a seq that is never reached', headOf().epoch, 1_000_000_000],
  ])('is followed once %s has been silent for 3 intervals', async (_what, epoch, seq) => {
    const bench = await startFeed();
    const { publisher, clock } = bench;
    const received: number[] = [];
    bench.feed.subscribe((item) => {
      if (item.kind === 'tick' && item.tick.topic === 'connections') received.push(item.tick.head?.seq ?? 0);
    });
    await publisher.publish(headOf({ epoch, seq }));
    await untilItIs(bench, epoch, seq);
    for (const lower of [11, 12]) await publisher.publish(headOf({ seq: lower }));
    await publishAll(bench);
    expect(numberOf(bench)).toStrictEqual([epoch, seq]);
    clock.advance(PATIENCE_MS);
    await publisher.publish(headOf({ seq: 13 }));
    await untilItIs(bench, headOf().epoch, 13);
    await eventually(() => {
      expect(received).toStrictEqual([seq, 13]);
    });
  });

  test('is followed in the keys alone, where the channel is silent', async () => {
    const bench = await startFeed();
    const { publisher, clock, feed } = bench;
    await publisher.publish(headOf({ epoch: headOf().epoch + 1 }));
    await untilItIs(bench, headOf().epoch + 1, 1);
    for (const seq of [1, 2]) {
      await publisher.store(headOf({ ...freshTimes(), seq }));
      clock.advance(PATIENCE_MS);
      await feed.servers.current();
    }
    await untilItIs(bench, headOf().epoch, 2);
  });
});

describe('keys of another kind, or too large', () => {
  test('take no other server with them', async () => {
    const bench = await started(async (redis, names) => {
      await redis.set(names.servers, 'no hash');
      await redis.set(names.hostsSeen, 'no set');
      await redis.hset(names.latest('streams', 'main'), 'a', 'b');
    });
    const { publisher, feed, clock, lines } = bench;
    await publisher.publishRaw(messageOf(headOf({ server: 'b' })));
    await eventually(() => {
      expect(feed.servers.newest('streams', 'b')).toBeDefined();
    });
    const head = JSON.stringify(headOf({ ...freshTimes(), server: 'b', seq: 2 }));
    await publisher.redis.set(publisher.names.streamsMeta('b'), head);
    await publisher.redis.set(publisher.names.latest('streams', 'b'), '[]');
    clock.advance(3_001);
    await feed.servers.current();
    expect(feed.servers.newest('streams', 'b')?.head?.seq).toBe(2);
    expect(
      lines.filter((line) => line.includes(`servers can't be listed: Redis says WRONGTYPE`)),
    ).toHaveLength(1);
    expect(lines.filter((line) => line.includes(`hosts can't be listed: Redis says WRONGTYPE`))).toHaveLength(
      1,
    );
    expect(lines.join()).toContain('a value of its keys is no string');
  });

  test('a head of more than 1 MiB is a fault', async () => {
    const { feed } = await started(async (redis, names) => {
      await redis.setrange(names.streamsMeta('main'), MAX_HEAD_BYTES, 'x');
      await redis.set(names.latest('streams', 'main'), '[]');
    });
    expect(feed.servers.all().ticks).toStrictEqual([]);
    expect(feed.rejectionCount).toBe(1);
  });

  test('a hash with more servers than there can be is not read, and those that are told of are known', async () => {
    const { feed, publisher, lines } = await started(async (redis, names) => {
      const names1001 = Array.from({ length: MAX_SUBJECTS + 1 }, (_, n) => [`s${n}`, '{}']).flat();
      await redis.hset(names.servers, ...names1001);
    });
    expect(lines.join('\n')).toContain(`servers can't be listed: there are ${MAX_SUBJECTS + 1}`);
    await publisher.publishRaw(messageOf(headOf({ server: 's7' })));
    await eventually(() => {
      expect(feed.servers.fleet().ticks).toHaveLength(1);
    });
  });
});

test('made-up servers take no more than the room there is, and none from those that are known', async () => {
  const bench = await startFeed();
  const { feed, publisher } = bench;
  await publisher.publish(headOf());
  await untilItIs(bench, headOf().epoch, 1);
  const made = publisher.redis.pipeline();
  for (let n = 0; n < MAX_SUBJECTS + 5; n += 1) {
    made.publish(publisher.names.channel('streams'), messageOf(headOf({ server: `s${n}` })));
  }
  await made.exec();
  await publisher.publish(headOf({ seq: 2 }));
  await untilItIs(bench, headOf().epoch, 2);
  expect(feed.servers.fleet().ticks).toHaveLength(MAX_SUBJECTS);
  expect(feed.rejectionCount).toBe(6);
});

test('connections of a server that nobody knows are left out', async () => {
  const bench = await startFeed();
  const { feed, publisher } = bench;
  const message = connectionsMessageOf(headOf({ server: 'x' }), [connectionRecord()]);
  await publisher.redis.publish(publisher.names.channel('connections'), message);
  await publisher.publish(headOf(), [streamOf('a')], [connectionRecord()]);
  await eventually(() => {
    expect(feed.servers.all('connections').ticks.map(({ subject }) => subject)).toStrictEqual(['main']);
  });
});
