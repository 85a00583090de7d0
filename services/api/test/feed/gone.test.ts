import { describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { GONE_MS } from '@mediamtx-monitor/types';
import type { FeedUpdate } from '../../src/feed/index.ts';
import { atEnd, startFeed } from '../bench.ts';
import { freshTimes, headOf, hostsHeadOf, TestPublisher, streamOf, timesAgo } from '../publisher.ts';

/** A feed that has received of these servers, with all it tells. */
async function serving(...servers: readonly string[]) {
  const bench = await startFeed();
  const { feed, publisher } = bench;
  const updates: FeedUpdate[] = [];
  feed.subscribe((update) => updates.push(update));
  for (const server of servers) await publisher.publish(headOf({ server }), [streamOf(`of ${server}`)]);
  const present = (): string[] => feed.servers.fleet().ticks.map(({ subject }) => subject);
  const known = (): string[] => feed.servers.all().ticks.map(({ subject }) => subject);
  await eventually(() => {
    expect(present()).toStrictEqual([...servers]);
  });
  const statuses = () => updates.flatMap((update) => (update.kind === 'status' ? [update.status] : []));
  await eventually(() => {
    expect(statuses()).toHaveLength(servers.length);
  });
  return {
    ...bench,
    present,
    known,
    statuses,
    ticks: () => updates.filter((update) => update.kind === 'tick'),
  };
}

describe('a server of which nothing new has come for a day', () => {
  test('is gone: known, but no part of the fleet, and told so once', async () => {
    const { feed, clock, present, known, statuses } = await serving('a');
    clock.advance(GONE_MS);
    await eventually(() => {
      expect(statuses()[1]).toMatchObject({ server: 'a', stale: true });
    });
    expect(statuses()[1]).not.toHaveProperty('gone');
    expect([present(), feed.servers.isGone('a')]).toStrictEqual([['a'], false]);
    clock.advance(1);
    await eventually(() => {
      expect(statuses().slice(2)).toStrictEqual([
        { type: 'status', server: 'a', stale: true, ageMs: GONE_MS + 1, gone: true },
      ]);
    });
    expect([present(), known(), feed.servers.isGone('a')]).toStrictEqual([[], ['a'], true]);
    expect(feed.ticks('streams')).toStrictEqual([]);
    expect(feed.ticks('connections')).toStrictEqual([]);
    expect(feed.statuses('server')).toMatchObject([{ server: 'a', gone: true }]);
  });

  test('is back with its next message', async () => {
    const { publisher, clock, present, statuses, ticks } = await serving('a');
    clock.advance(GONE_MS + 1);
    await eventually(() => {
      expect(present()).toStrictEqual([]);
    });
    const before = ticks().length;
    await publisher.publish(headOf({ server: 'a', seq: 2 }));
    await eventually(() => {
      expect(statuses().at(-1)).toStrictEqual({ type: 'status', server: 'a', stale: false, ageMs: 0 });
    });
    expect(present()).toStrictEqual(['a']);
    await eventually(() => {
      expect(ticks().length - before).toBe(2);
    });
  });

  test('is so for a replica that was started later, by Redis’s clock', async () => {
    const { url, prefix } = testRedis();
    const early = new TestPublisher(url, prefix);
    atEnd(() => {
      early.close();
    });
    await early.store(headOf({ ...timesAgo(GONE_MS + 1_000), server: 'old' }));
    await early.store(headOf({ ...timesAgo(GONE_MS - 60_000), server: 'silent' }));
    await early.store(headOf({ ...freshTimes(), server: 'fresh' }));
    const { feed, publisher } = await startFeed({ prefix });
    expect(feed.servers.fleet().ticks.map(({ subject }) => subject)).toStrictEqual(['fresh', 'silent']);
    expect(feed.servers.fleet('connections').ticks.map(({ subject }) => subject)).toStrictEqual([
      'fresh',
      'silent',
    ]);
    expect(feed.servers.isGone('old')).toBe(true);
    // The clock of its collector may be what is wrong: it is back as soon as the channel tells that very tick.
    await publisher.publish(headOf({ ...timesAgo(GONE_MS + 1_000), server: 'old', seq: 2 }));
    await eventually(() => {
      expect(feed.servers.fleet().ticks.map(({ subject }) => subject)).toStrictEqual([
        'fresh',
        'old',
        'silent',
      ]);
    });
  });
});

describe('what is in Redis no more', () => {
  test('is forgotten once it has been away for 3 intervals, and told to be gone', async () => {
    const { feed, publisher, clock, known, statuses } = await serving('a', 'b');
    const { redis, names } = publisher;
    await redis.hdel(names.servers, 'b');
    await redis.del(names.streamsMeta('b'), names.latest('streams', 'b'), names.latest('connections', 'b'));
    clock.advance(3_001);
    await feed.servers.current();
    clock.advance(6_000);
    expect(known()).toStrictEqual(['a', 'b']);
    clock.advance(1);
    await feed.servers.current();
    expect(known()).toStrictEqual(['a']);
    expect(feed.servers.all('connections').ticks.map(({ subject }) => subject)).toStrictEqual(['a']);
    expect(statuses().at(-1)).toStrictEqual({
      type: 'status',
      server: 'b',
      stale: true,
      ageMs: null,
      gone: true,
    });
    await publisher.publish(headOf({ server: 'b', seq: 2 }));
    await eventually(() => {
      expect(known()).toStrictEqual(['a', 'b']);
    });
  });

  test('stays while Redis is empty for a moment, as after its restart', async () => {
    const { feed, publisher, clock, known } = await serving('a');
    const { redis, names } = publisher;
    const keys = [names.streamsMeta('a'), names.latest('streams', 'a'), names.latest('connections', 'a')];
    await redis.del(names.servers, ...keys);
    clock.advance(3_001);
    await feed.servers.current();
    clock.advance(6_000);
    await publisher.publish(headOf({ server: 'a', seq: 2 }));
    await eventually(() => {
      expect(feed.servers.newest('streams', 'a')?.head?.seq).toBe(2);
    });
    await redis.del(names.servers, ...keys);
    clock.advance(6_000);
    await feed.servers.current();
    expect(known()).toStrictEqual(['a']);
  });

  test('a bare array, too', async () => {
    const { feed, publisher, clock, known } = await serving();
    const key = publisher.names.latest('streams', 'main');
    await publisher.redis.set(key, '[]');
    clock.advance(2_000);
    await feed.servers.current();
    expect(known()).toStrictEqual(['main']);
    await publisher.redis.del(key);
    for (const ms of [3_001, 6_001]) {
      clock.advance(ms);
      await feed.servers.current();
    }
    expect(known()).toStrictEqual([]);
  });

  test('a host whose key was removed is forgotten in the same way', async () => {
    const { feed, publisher, clock, statuses } = await serving();
    await publisher.publishHost(hostsHeadOf());
    await eventually(() => {
      expect(feed.hosts.fleet().ticks).toHaveLength(1);
    });
    await publisher.redis.del(publisher.names.host('media-1'));
    for (const ms of [7_501, 15_001]) {
      clock.advance(ms);
      await feed.hosts.current();
    }
    expect(feed.hosts.all().ticks).toStrictEqual([]);
    expect(statuses().at(-1)).toMatchObject({ host: 'media-1', ageMs: null, gone: true });
  });
});
