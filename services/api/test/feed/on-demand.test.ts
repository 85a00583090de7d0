import { describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { systemClock } from '@mediamtx-monitor/runtime';
import type { FeedUpdate } from '../../src/feed/index.ts';
import { atEnd, type BenchOptions, startFeed } from '../bench.ts';
import { freshTimes, headOf, streamOf, TestPublisher, timesAgo } from '../publisher.ts';

/** A feed of which nobody wants anything, after so many ticks of `main`. */
async function quietFeed({ ticks = 0, ...options }: BenchOptions & { readonly ticks?: number } = {}) {
  const bench = await startFeed({ ...options, isFollowed: false });
  const { feed, publisher } = bench;
  const tick = (seq: number) => publisher.publish(headOf({ ...freshTimes(), seq }), [streamOf(`of ${seq}`)]);
  const knownSeq = (): number | undefined => feed.servers.heads[0]?.head?.seq;
  const heldSeq = (): number | undefined => feed.servers.newest('streams', 'main')?.head?.seq;
  for (let seq = 1; seq <= ticks; seq += 1) await tick(seq);
  await eventually(() => {
    expect(knownSeq() ?? 0).toBeGreaterThanOrEqual(ticks);
  });
  const listeners = async (): Promise<readonly number[]> => {
    const { names, redis } = publisher;
    const channels = [names.servers, names.channel('streams'), names.channel('connections')];
    const reply = (await redis.pubsub('NUMSUB', ...channels)) as (string | number)[];
    return reply.filter((_value, index) => index % 2 === 1).map(Number);
  };
  return { ...bench, tick, knownSeq, heldSeq, listeners };
}

describe('while nobody wants anything', () => {
  test('only heads are followed, and say how old everything is', async () => {
    const { feed, clock, heldSeq, listeners } = await quietFeed({ ticks: 3 });
    expect(await listeners()).toStrictEqual([1, 0, 0]);
    expect(heldSeq()).toBeUndefined();
    expect(feed.statuses('server')).toStrictEqual([
      { type: 'status', server: 'main', ageMs: 0, stale: false },
    ]);
    clock.advance(6_001);
    expect(feed.statuses('server')).toMatchObject([{ ageMs: 6_001, stale: true }]);
  });

  test('a start reads heads and no arrays', async () => {
    const { url, prefix } = testRedis();
    const early = new TestPublisher(url, prefix);
    atEnd(() => {
      early.close();
    });
    // Silent for long: no collector of an older release that would have to be followed.
    await early.store(headOf(timesAgo(60_000)), [streamOf('a')]);
    const { feed, listeners } = await quietFeed({ prefix });
    expect(feed.servers.heads).toMatchObject([{ subject: 'main', head: { seq: 1 } }]);
    expect(feed.servers.all().ticks).toStrictEqual([]);
    expect((await feed.servers.current()).ticks[0]?.array.toString()).toContain('"a"');
    await eventually(async () => {
      expect(await listeners()).toStrictEqual([1, 1, 0]);
    });
  });
});

describe('a request after a quiet time', () => {
  test('gets what is as new as its head, though the collector’s clock is months behind', async () => {
    const { feed, clock, publisher, knownSeq } = await quietFeed();
    await publisher.publish(headOf(), [streamOf('cam/one')]);
    await eventually(() => {
      expect(knownSeq()).toBe(1);
    });
    clock.advance(1_500);
    const { ticks } = await feed.servers.current();
    expect(ticks.map((tick) => [tick.array.toString().includes('cam/one'), feed.age(tick)])).toStrictEqual([
      [true, { ageMs: 1_500, stale: false }],
    ]);
    expect(feed.statuses('server')).toStrictEqual([
      { type: 'status', server: 'main', ageMs: 1_500, stale: false },
    ]);
  });

  test('gets what is newest, and goes on with what is published', async () => {
    const { feed, tick, heldSeq, listeners } = await quietFeed({ ticks: 5 });
    expect((await feed.servers.current()).ticks[0]?.records).toMatchObject([{ name: 'of 5' }]);
    await eventually(async () => {
      expect(await listeners()).toStrictEqual([1, 1, 0]);
    });
    await tick(6);
    await eventually(() => {
      expect(heldSeq()).toBe(6);
      expect(feed.servers.newest('streams', 'main')?.receivedMs).not.toBeNull();
    });
  });

  test('is never answered with what was held before', async () => {
    const { feed, clock, tick, knownSeq, listeners } = await quietFeed({ ticks: 1 });
    await feed.servers.current();
    clock.advance(60_001);
    await eventually(async () => {
      expect(await listeners()).toStrictEqual([1, 0, 0]);
    });
    for (const seq of [2, 3, 4]) await tick(seq);
    await eventually(() => {
      expect(knownSeq()).toBe(4);
    });
    expect(feed.servers.isCurrent()).toBe(false);
    expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(4);
    // Keys that were looked at amid the ticks may have had the channel made anew: then the next one counts.
    let seq = 4;
    await eventually(async () => {
      await tick((seq += 1));
      await feed.servers.current();
      expect(feed.servers.isCurrent()).toBe(true);
    });
  });

  test('gets it of each topic that it asks for, whoever asks at the same time', async () => {
    const { feed } = await quietFeed({ ticks: 2 });
    const fleets = await Promise.all(
      (['streams', 'connections', 'streams', 'connections'] as const).map((topic) =>
        feed.servers.current(topic),
      ),
    );
    expect(fleets.map(({ ticks }) => ticks[0]?.head?.seq)).toStrictEqual([2, 2, 2, 2]);
  });

  test('reads what can’t be used once a tick at most', async () => {
    const { feed, publisher, knownSeq } = await quietFeed({ ticks: 1 });
    await publisher.redis.set(publisher.names.latest('streams', 'main'), 'no array');
    await feed.servers.current();
    const { rejectionCount } = feed;
    expect(rejectionCount).toBeGreaterThan(0);
    for (let asked = 0; asked < 20; asked += 1) await feed.servers.current();
    expect(feed.rejectionCount).toBe(rejectionCount);
    await publisher.publish(headOf({ ...freshTimes(), seq: 2 }), [streamOf('a')]);
    await eventually(() => {
      expect(knownSeq()).toBe(2);
    });
    expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(2);
  });
});

describe('what is published while somebody begins to want it', () => {
  test('is held in the end, and nothing older ever came after it', async () => {
    const { feed, clock, tick, knownSeq, heldSeq } = await quietFeed({ ticks: 1 });
    const held: number[] = [];
    feed.subscribe((update: FeedUpdate) => {
      if (update.kind === 'tick' && update.tick.topic === 'streams') held.push(update.tick.head?.seq ?? 0);
    });
    let seq = 1;
    for (let round = 0; round < 40; round += 1) {
      const began = tick((seq += 1));
      if (round % 2 === 0) await began;
      const release = feed.hold(['streams']);
      const updated = feed.update(['streams']);
      // Between the subscription and the read, before both, or after: whatever comes first.
      await Promise.all(Array.from({ length: round % 4 }, () => tick((seq += 1))));
      await Promise.all([began, updated]);
      await eventually(() => {
        expect([knownSeq(), heldSeq()]).toStrictEqual([seq, seq]);
      });
      release();
      clock.advance(60_001);
      await eventually(async () => {
        await feed.servers.currentHeads();
        expect(feed.subscribed).toBe(true);
      });
    }
    expect(held).toStrictEqual(held.toSorted((a, b) => a - b));
    expect(new Set(held).size).toBe(held.length);
  });

  test('is read from the keys where its head came and the message didn’t', async () => {
    const { feed, publisher, heldSeq } = await quietFeed({ ticks: 1 });
    feed.hold(['streams']);
    await feed.update(['streams']);
    await eventually(() => {
      expect(feed.subscribed).toBe(true);
    });
    const head = headOf({ ...freshTimes(), seq: 2 });
    await publisher.store(head, [streamOf('b')]);
    await publisher.redis.publish(publisher.names.servers, JSON.stringify({ ...head, type: 'servers' }));
    await eventually(() => {
      expect(heldSeq()).toBe(2);
    });
  });
});

describe('a collector that publishes no heads by themselves', () => {
  const publishAsBefore = async (publisher: TestPublisher, seq: number): Promise<void> => {
    const head = headOf({ ...freshTimes(), seq });
    const message = await publisher.store(head, [streamOf('a')]);
    await publisher.publishRaw(message);
  };

  test('is followed from the first look at its keys on, until heads come', async () => {
    const { url, prefix } = testRedis();
    const early = new TestPublisher(url, prefix);
    atEnd(() => {
      early.close();
    });
    await publishAsBefore(early, 1);
    const { feed, tick, knownSeq, listeners } = await quietFeed({ prefix, clock: systemClock });
    expect(knownSeq()).toBe(1);
    await eventually(async () => {
      expect(await listeners()).toStrictEqual([1, 1, 0]);
    });
    let seq = 1;
    await eventually(async () => {
      // A look at the keys may be faster than one message.
      seq += 1;
      await publishAsBefore(early, seq);
      await eventually(() => {
        expect(knownSeq()).toBe(seq);
      });
      expect(feed.servers.heads[0]?.receivedMs).not.toBeNull();
    });
    await tick(seq + 1);
    await eventually(async () => {
      expect(await listeners()).toStrictEqual([1, 0, 0]);
    });
  });
});

test('staleness is told when it comes, without a look in between', async () => {
  const { url, prefix } = testRedis();
  const { feed, publisher } = await startFeed({
    prefix,
    redisUrl: url,
    clock: systemClock,
    checkMs: 3_600_000,
  });
  const stale: boolean[] = [];
  feed.subscribe((update) => {
    if (update.kind === 'status') stale.push(update.status.stale);
  });
  await eventually(() => {
    expect(feed.subscribed).toBe(true);
  });
  await publisher.publish(headOf({ ...freshTimes(), intervalMs: 100 }));
  await eventually(() => {
    expect(stale).toStrictEqual([false, true]);
  });
});
