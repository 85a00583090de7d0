import { describe, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { filterOf } from '../../src/live/filter.ts';
import { atEnd, startFeed } from '../bench.ts';
import { happening, numbers, numbersIn as numbersOf } from '../happening.ts';
import { subscriptionOf, Taker } from '../live/subscriber.ts';

/** Two feeds on a durable Redis of their own, and what a subscriber of each got. */
async function onRedis(redis: RedisServer) {
  const bench = await startFeed({ redisUrl: redis.url, prefix: 'm' });
  const { feed } = bench;
  await eventually(() => {
    expect(feed.log('events')?.isReady).toBe(true);
  });
  return { ...bench, ...happening(bench, feed) };
}

function follow(feed: Awaited<ReturnType<typeof startFeed>>['feed'], cursor?: string) {
  const sink = new Taker();
  const { subscription } = subscriptionOf(feed, sink);
  subscription.begin(filterOf({ topics: ['events'], ...(cursor !== undefined && { cursor }) }));
  return {
    sink,
    flush: () => {
      subscription.flush();
    },
    numbers: () => numbersOf(sink.sent),
  };
}

async function ownRedis(): Promise<RedisServer> {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  return redis;
}

test('a start has the log begin with what is kept, and goes on from there', async () => {
  const bench = await startFeed();
  const { add, write } = happening(bench);
  await add(numbers(1, 2_500));
  await write([
    ['2501-0', 'no event'],
    ['2502-0', { type: 'x' }],
  ]);
  const late = await startFeed({ prefix: bench.prefix });
  const after = happening(late, late.feed);
  await eventually(() => {
    expect(late.feed.log('events')?.newestId).toBe('2500-0');
  });
  await after.add([2503]);
  const { numbers: got } = follow(late.feed, '1-0');
  expect(got()).toStrictEqual([...numbers(2, 2_500), 2_503]);
  expect(late.feed.eventStats).toMatchObject({ events: 2_501, unusable: 2 });
  expect(late.lines.filter((line) => line.includes('left out'))).toHaveLength(2);
});

test('pages of events that aren’t in the log any more have tens of them', async () => {
  const redis = await ownRedis();
  const { feed, add, publisher } = await onRedis(redis);
  await add(numbers(1, 12_000));
  const follower = follow(feed, '1-0');
  await eventually(() => {
    follower.flush();
    expect(follower.numbers().at(-1)).toBe(12_000);
  });
  const stats = await publisher.redis.info('commandstats');
  const reads = Number(/cmdstat_xrange:calls=(\d+)/.exec(stats)?.[1]);
  // Of 2,000 that are older than the log: 32 at a time.
  expect([reads > 60, reads < 70, reads]).toStrictEqual([true, true, reads]);
});

test('a page of events that aren’t in the log any more is small, however many are asked for', async () => {
  const bench = await startFeed();
  await happening(bench, bench.feed).add(numbers(1, 300), { padding: 'x'.repeat(2_000) });
  const log = bench.feed.log('events');
  const page = await log?.readOlder('0-0', '300-0');
  const [events, bytes] = [
    page?.events ?? [],
    (page?.events ?? []).reduce((sum, { json }) => sum + json.length, 0),
  ];
  expect([events[0]?.id, page?.untilId]).toStrictEqual(['1-0', events.at(-1)?.id]);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(40_000);
});

describe('an outage', () => {
  test('loses and repeats nothing', async () => {
    const redis = await ownRedis();
    const { feed, add, publisher } = await onRedis(redis);
    await add([1, 2]);
    const follower = follow(feed);
    await add([3]);
    redis.pause();
    const adding = add([4, 5]);
    redis.resume();
    await adding;
    await publisher.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await add([6, 7]);
    expect(follower.numbers()).toStrictEqual([3, 4, 5, 6, 7]);
  });

  test('in which more happened than the log holds is no loss either', async () => {
    const redis = await ownRedis();
    const { feed, add, publisher } = await onRedis(redis);
    await add([1]);
    const follower = follow(feed);
    await publisher.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await add(numbers(2, 11_000));
    await eventually(() => {
      follower.flush();
      expect(follower.numbers()).toHaveLength(10_999);
    });
    expect(follower.numbers()).toStrictEqual(numbers(2, 11_000));
  });

  test('with Redis away from the start: whoever comes meanwhile begins with what it finds then', async () => {
    const redis = await ownRedis();
    await redis.stop();
    const bench = await startFeed({ durableUrl: redis.url });
    const follower = follow(bench.feed);
    const back = follow(bench.feed, '1-0');
    await redis.start();
    const there = await startFeed({ redisUrl: redis.url, prefix: bench.prefix });
    const { add } = happening(there, bench.feed);
    await eventually(() => {
      expect(bench.feed.log('events')?.isReady).toBe(true);
    });
    await add([1, 2, 3]);
    expect(follower.numbers()).toStrictEqual([1, 2, 3]);
    expect(back.numbers()).toStrictEqual([2, 3]);
  });
});

describe('what is kept goes back', () => {
  test('an older backup: what came after it is told as lost, what comes then arrives, however low its ids', async () => {
    const redis = await ownRedis();
    const { feed, add, publisher, lines } = await onRedis(redis);
    await add([10, 20]);
    const backup = await publisher.redis.dumpBuffer(publisher.names.events);
    await add([30, 40]);
    const follower = follow(feed, '10-0');
    await publisher.redis
      .multi()
      .del(publisher.names.events)
      .restore(publisher.names.events, 0, backup)
      .exec();
    await eventually(() => {
      expect(follower.sink.sent.at(-1)?.type).toBe('events.trimmed');
    });
    await add([25, 26]);
    expect(follower.numbers()).toStrictEqual([20, 30, 40, 25, 26]);
    expect(follower.sink.sent[3]).toStrictEqual({
      type: 'events.trimmed',
      topic: 'events',
      after: '40-0',
      until: '20-0',
    });
    expect(lines.some((line) => line.includes('restored, or emptied'))).toBe(true);
  });

  test.each([
    ['memory', 0],
    ['Redis', 11_000],
  ])('who was away meanwhile is told that some may be lost, found in %s', async (_where, more) => {
    const redis = await ownRedis();
    const { feed, add } = await onRedis(redis);
    // As of a backup, and of what happened after it was restored; 30 was told in between.
    await add([10, 20, ...numbers(41, 42 + more)]);
    const follower = follow(feed, '30-0');
    const other = follow(feed, '20-0');
    // Only counted while it waits: to tell the difference of so many takes longer than to read them.
    await eventually(() => {
      follower.flush();
      other.flush();
      const counts = [follower, other].map(({ numbers: got }) => got().length);
      expect(counts).toStrictEqual([more + 2, more + 2]);
    });
    expect(follower.numbers()).toStrictEqual(numbers(41, 42 + more));
    expect(other.numbers()).toStrictEqual(numbers(41, 42 + more));
    expect(follower.sink.sent.filter(({ type }) => type === 'events.trimmed')).toStrictEqual([
      { type: 'events.trimmed', topic: 'events', after: '30-0', until: '30-0' },
    ]);
    expect(follower.sink.sent[0]?.type).toBe('events.trimmed');
    expect(other.sink.sent.filter(({ type }) => type === 'events.trimmed')).toStrictEqual([]);
  });

  test('all is gone', async () => {
    const redis = await ownRedis();
    const { feed, add, publisher } = await onRedis(redis);
    await add([10, 20]);
    const follower = follow(feed);
    await publisher.redis.flushall();
    await eventually(() => {
      expect(follower.sink.sent).toStrictEqual([
        { type: 'events.trimmed', topic: 'events', after: '20-0', until: '0-0' },
      ]);
    });
    await add([5]);
    expect(follower.numbers()).toStrictEqual([5]);
  });

  test('a cursor that nothing has reached is told so after a while, and mutes nobody', async () => {
    const redis = await ownRedis();
    const { feed, add } = await onRedis(redis);
    await add([1]);
    const follower = follow(feed, '99-0');
    await eventually(() => {
      follower.flush();
      expect(follower.sink.sent).toStrictEqual([
        { type: 'events.trimmed', topic: 'events', after: '99-0', until: '1-0' },
      ]);
    });
    await add([2]);
    expect(follower.numbers()).toStrictEqual([2]);
  });

  test('all that is old is trimmed: nothing went back', async () => {
    const redis = await ownRedis();
    const { feed, add, publisher } = await onRedis(redis);
    await add([1, 2]);
    const follower = follow(feed);
    await publisher.redis.xtrim(publisher.names.events, 'MAXLEN', 0);
    const looks = feed.log('events')?.looks ?? 0;
    await eventually(() => {
      expect(feed.log('events')?.looks).toBeGreaterThan(looks);
    });
    await add([3]);
    expect(follower.sink.sent.map(({ type }) => type)).toStrictEqual(['events']);
    expect(feed.log('events')?.rewinds).toBe(0);
  });
});
