import { describe, expect, test } from '@jest/globals';
import { connectionRecord, eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { FeedUpdate } from '../../src/feed/index.ts';
import { atEnd, startFeed } from '../bench.ts';
import { happening } from '../happening.ts';
import { freshTimes, headOf, TestPublisher, streamOf } from '../publisher.ts';

/** As `startFeed`, with what was written before the start, and all updates since. */
async function started(before: (publisher: TestPublisher) => Promise<unknown> = () => Promise.resolve()) {
  const { url, prefix } = testRedis();
  const early = new TestPublisher(url, prefix);
  atEnd(() => {
    early.close();
  });
  await before(early);
  const bench = await startFeed({ prefix });
  const updates: FeedUpdate[] = [];
  bench.feed.subscribe((update) => updates.push(update));
  return { ...bench, updates };
}

/** Without what is told of connections. */
const streamsUpdates = (updates: readonly FeedUpdate[]): readonly FeedUpdate[] =>
  updates.filter((update) => update.kind !== 'tick' || update.tick.topic === 'streams');

const seqs = (updates: readonly FeedUpdate[]): (number | undefined)[] =>
  streamsUpdates(updates).flatMap((update) => (update.kind === 'tick' ? [update.tick.head?.seq] : []));

describe('start', () => {
  test('what the keys of all servers hold is there before anything is told', async () => {
    const { feed } = await started(async (publisher) => {
      await publisher.store(headOf({ ...freshTimes(), server: 'b' }), [streamOf('x')]);
      await publisher.store(headOf(freshTimes()), [streamOf('y')]);
    });
    expect(feed.servers.fleet().ticks.map((tick) => [tick.subject, tick.array.toString()])).toStrictEqual([
      ['b', JSON.stringify([streamOf('x')])],
      ['main', JSON.stringify([streamOf('y')])],
    ]);
    expect(feed.hasContact).toBe(true);
  });

  test('connections are read from their key, under the head that is stored for all topics', async () => {
    const head = headOf({ ...freshTimes(), seq: 7 });
    const { feed } = await started((publisher) => publisher.store(head, [], [connectionRecord()]));
    const tick = feed.servers.newest('connections', 'main');
    expect(tick?.head).toStrictEqual({ ...head, type: 'connections' });
    expect(tick?.records).toHaveLength(1);
  });

  test('a writer that knows no connections is no fault', async () => {
    const { feed } = await started(async (publisher) => {
      await publisher.store(headOf(freshTimes()), [streamOf('a')]);
      await publisher.redis.del(publisher.names.latest('connections', 'main'));
    });
    expect(feed.servers.fleet('streams').ticks).toHaveLength(1);
    expect(feed.servers.fleet('connections').ticks).toStrictEqual([]);
    expect(feed.rejectionCount).toBe(0);
  });

  test('an empty Redis is contact too', async () => {
    const { feed } = await started();
    expect(feed.servers.fleet().ticks).toStrictEqual([]);
    expect(feed.hasContact).toBe(true);
  });

  test('a name in the servers hash that is no server id is left out', async () => {
    const { feed } = await started(async (publisher) => {
      await publisher.redis.hset(publisher.names.servers, 'No Id', '{}');
      await publisher.store(headOf({ ...freshTimes(), server: 'b' }));
    });
    expect(feed.servers.fleet().ticks.map((tick) => tick.subject)).toStrictEqual(['b']);
  });
});

describe('the channel', () => {
  test('each newer message is told as the bytes that were published, then its staleness where that changed', async () => {
    const { feed, publisher, updates } = await started();
    const message = await publisher.publish(headOf(), [streamOf('😀,"streams":[')]);
    await publisher.publish(headOf({ seq: 2 }));
    await eventually(() => {
      expect(seqs(updates)).toStrictEqual([1, 2]);
    });
    const [first, head, status, ...others] = streamsUpdates(updates);
    expect([head?.kind, ...others.map((update) => update.kind)]).toStrictEqual(['head', 'tick', 'head']);
    expect(first?.kind === 'tick' && first.tick.message?.content.json.toString()).toBe(message);
    expect(status).toStrictEqual({
      kind: 'status',
      status: { type: 'status', server: 'main', stale: false, ageMs: 0 },
    });
    expect(feed.servers.newest('streams', 'main')?.head?.seq).toBe(2);
  });

  test('older and repeated messages change nothing', async () => {
    const { publisher, updates } = await started();
    for (const [epoch, seq] of [
      [9, 5],
      [9, 4],
      [8, 99],
      [9, 5],
      [10, 1],
    ] as const) {
      await publisher.publish(headOf({ epoch, seq }));
    }
    await eventually(() => {
      expect(seqs(updates)).toStrictEqual([5, 1]);
    });
  });

  test('what can’t be used is dropped, counted, and logged once', async () => {
    const { feed, publisher, lines, updates } = await started();
    for (let i = 0; i < 4; i += 1) await publisher.publishRaw('{"v":2,"streams":[]}');
    await publisher.publishRaw(Buffer.from([0xff, 0x00, 0xfe]));
    await publisher.publish(headOf());
    await eventually(() => {
      expect(seqs(updates)).toStrictEqual([1]);
    });
    expect(feed.rejectionCount).toBe(5);
    expect(lines.filter((line) => line.startsWith('warn'))).toHaveLength(2);
  });

  test('connections are told after the streams of the same tick, and held beside them', async () => {
    const { feed, publisher, updates } = await started();
    await publisher.publish(headOf(), [streamOf('a')], [connectionRecord({ stream: 'a' })]);
    await eventually(() => {
      const topics = updates.flatMap((update) => (update.kind === 'tick' ? [update.tick.topic] : []));
      expect(topics).toStrictEqual(['streams', 'connections']);
    });
    expect(feed.servers.newest('connections', 'main')?.records).toMatchObject([{ stream: 'a' }]);
    expect(feed.servers.fleet('connections').ticks).toHaveLength(1);
  });

  test('who unsubscribed is told nothing more', async () => {
    const { feed, publisher, updates } = await started();
    const received: FeedUpdate[] = [];
    const unsubscribe = feed.subscribe((update) => received.push(update));
    unsubscribe();
    await publisher.publish(headOf());
    await eventually(() => {
      expect(seqs(updates)).toStrictEqual([1]);
    });
    expect(received).toStrictEqual([]);
  });
});

describe('staleness', () => {
  test('is told when it comes and when it goes', async () => {
    const { clock, publisher, updates } = await started();
    const statuses = () => updates.flatMap((update) => (update.kind === 'status' ? [update.status] : []));
    await publisher.publish(headOf(freshTimes()));
    await eventually(() => {
      expect(statuses()).toHaveLength(1);
    });
    clock.advance(6_001);
    await eventually(() => {
      expect(statuses()).toHaveLength(2);
    });
    expect(statuses()[1]).toStrictEqual({ type: 'status', server: 'main', stale: true, ageMs: 6_001 });
    await publisher.publish(headOf({ ...freshTimes(), seq: 2 }));
    await eventually(() => {
      expect(statuses()).toHaveLength(3);
    });
    expect(statuses()[2]).toMatchObject({ stale: false, ageMs: 0 });
    expect(seqs(updates)).toStrictEqual([1, 2]);
  });
});

describe('a silent channel', () => {
  test('makes a request read the key, only after 1.5 intervals and at most once an interval', async () => {
    const { feed, clock, publisher } = await started();
    await publisher.publish(headOf());
    await eventually(() => {
      expect(feed.servers.newest('streams', 'main')?.head?.seq).toBe(1);
    });
    await publisher.store(headOf({ ...freshTimes(), seq: 2 }));
    clock.advance(3_000);
    expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(1);
    clock.advance(1);
    const [{ ticks }] = await Promise.all([feed.servers.current(), feed.servers.current()]);
    expect(ticks[0]?.head?.seq).toBe(2);
    await publisher.store(headOf({ ...freshTimes(), seq: 3 }));
    clock.advance(1_999);
    expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(2);
    clock.advance(1);
    expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(3);
  });

  test('an older value in the key does not win', async () => {
    const { feed, clock, publisher } = await started();
    await publisher.publish(headOf({ seq: 5 }));
    await eventually(() => {
      expect(feed.servers.newest('streams', 'main')?.head?.seq).toBe(5);
    });
    await publisher.store(headOf({ ...freshTimes(), seq: 4 }));
    clock.advance(3_001);
    expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(5);
  });

  test('a server nobody told of is found in its keys', async () => {
    const { feed, clock, publisher } = await started();
    await publisher.store(headOf({ ...freshTimes(), server: 'hall-2' }));
    clock.advance(2_000);
    expect((await feed.servers.current()).ticks.map((tick) => tick.subject)).toStrictEqual(['hall-2']);
  });

  test('another writer’s bare array is served and followed', async () => {
    const { feed, clock, publisher } = await started((early) =>
      early.redis.set(early.names.latest('streams', 'main'), '[{"name":"old"}]'),
    );
    expect((await feed.servers.current()).ticks[0]?.array.toString()).toBe('[{"name":"old"}]');
    await publisher.redis.set(publisher.names.latest('streams', 'main'), '[{"name":"new"}]');
    clock.advance(2_000);
    expect((await feed.servers.current()).ticks[0]?.array.toString()).toBe('[{"name":"new"}]');
  });

  test('is looked into without a request after three intervals', async () => {
    const { clock, publisher, updates } = await started();
    await publisher.publish(headOf());
    await eventually(() => {
      expect(seqs(updates)).toStrictEqual([1]);
    });
    await publisher.store(headOf({ ...freshTimes(), seq: 2 }));
    clock.advance(6_001);
    await eventually(() => {
      expect(seqs(updates)).toStrictEqual([1, 2]);
    });
  });

  test('keys that can’t be read are told once, and what is held stays', async () => {
    const { feed, clock, publisher, lines } = await started((early) => early.store(headOf(freshTimes())));
    await publisher.redis.del(publisher.names.servers);
    await publisher.redis.set(publisher.names.servers, 'not a hash');
    for (let i = 0; i < 3; i += 1) {
      clock.advance(6_001);
      expect((await feed.servers.current()).ticks[0]?.head?.seq).toBe(1);
    }
    expect(lines.filter((line) => line.includes('WRONGTYPE'))).toHaveLength(1);
  });
});

test('subscribers are told of events that are new, and of nothing when a look finds none', async () => {
  const bench = await startFeed();
  const { feed } = bench;
  await eventually(() => {
    expect(feed.log('events')?.looks).toBeGreaterThan(0);
  });
  const updates: FeedUpdate[] = [];
  feed.subscribe((update) => updates.push(update));
  const looks = feed.log('events')?.looks ?? 0;
  await eventually(() => {
    expect(feed.log('events')?.looks).toBeGreaterThan(looks);
  });
  expect(updates).toStrictEqual([]);
  await happening(bench, feed).add([1]);
  expect(updates).toStrictEqual([{ kind: 'events' }]);
});
