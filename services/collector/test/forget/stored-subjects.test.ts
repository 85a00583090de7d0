import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { MAX_HEAD_BYTES, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createStoredHosts, createStoredServers } from '../../src/forget/index.ts';
import { keysUnder, storeHost, storeServer } from '../support/stored.ts';

const { url, prefix: base } = testRedis();
const redis = new Redis(url);
let prefix = base;
let names = redisNames(prefix);
let count = 0;
beforeEach(() => {
  count += 1;
  prefix = `${base}-${count}:`;
  names = redisNames(prefix);
});
afterAll(() => {
  redis.disconnect();
});
const keys = () => keysUnder(redis, names, prefix);

describe('servers', () => {
  test.each(['main', 'old'])('all of %s is removed, and nothing of another', async (id) => {
    const servers = createStoredServers(redis, names);
    await storeServer(redis, names, 'other', 0);
    const others = await keys();
    await storeServer(redis, names, id, 3_000);
    expect((await servers.list()).sort()).toStrictEqual([id, 'other'].sort());
    const found = await servers.find(id);
    expect(found?.intervalMs).toBe(100);
    expect(Math.abs(Date.now() - 3_000 - (found?.publishedAtMs ?? 0))).toBeLessThan(60_000);
    expect(found && (await servers.remove(found))).toStrictEqual([
      names.latest('streams', id),
      names.latest('connections', id),
      names.connectionsGone(id),
      names.streamsMeta(id),
      `${id} in ${names.servers}`,
    ]);
    expect(await keys()).toStrictEqual(others);
    expect(await servers.find(id)).toBeUndefined();
  });

  test('with it goes the baseline of its events, in the durable Redis; unless it has published', async () => {
    const durable = new Redis(url, { db: 5 });
    const servers = createStoredServers(redis, names, durable);
    const baseline = names.eventBaseline('old');
    await durable.hset(baseline, 'server', '{}');
    await storeServer(redis, names, 'old', 3_000);
    const found = await servers.find('old');
    await storeServer(redis, names, 'old', 3_000, { seq: 2 });
    expect(found && (await servers.remove(found))).toBeNull();
    expect(await durable.exists(baseline)).toBe(1);
    const again = await servers.find('old');
    expect(again && (await servers.remove(again))).toContain(baseline);
    expect(await durable.exists(baseline)).toBe(0);
    durable.disconnect();
  });

  test('one that has published since it was found stays', async () => {
    const servers = createStoredServers(redis, names);
    await storeServer(redis, names, 'a', 3_000);
    const found = await servers.find('a');
    await storeServer(redis, names, 'a', 0, { seq: 2 });
    const before = await keys();
    expect(found && (await servers.remove(found))).toBeNull();
    expect(await keys()).toStrictEqual(before);
  });

  test('one that isn’t listed, and one whose head is nonsense or too long, can be removed, too', async () => {
    const servers = createStoredServers(redis, names);
    await redis.set(names.latest('streams', 'bare'), '[]');
    await redis.hset(names.servers, 'nonsense', '{"publishedAt":7}', 'long', 'x'.repeat(MAX_HEAD_BYTES));
    for (const id of ['bare', 'nonsense', 'long']) {
      const found = await servers.find(id);
      expect(found).toMatchObject({ id, publishedAtMs: null });
      expect(found && (await servers.remove(found))).toHaveLength(1);
    }
    expect(await keys()).toStrictEqual([]);
  });
});

describe('hosts', () => {
  test('all of one is removed, and nothing of another', async () => {
    const hosts = createStoredHosts(redis, names);
    await storeHost(redis, names, 'other', 0);
    const others = await keys();
    await storeHost(redis, names, 'old', 3_000);
    expect(await hosts.list()).toStrictEqual(['other', 'old']);
    const found = await hosts.find('old');
    expect(Math.abs(Date.now() - 3_000 - (found?.publishedAtMs ?? 0))).toBeLessThan(60_000);
    expect(found && (await hosts.remove(found))).toStrictEqual([
      names.host('old'),
      `old in ${names.hostsSeen}`,
    ]);
    expect(await keys()).toStrictEqual(others);
    expect(await hosts.find('old')).toBeUndefined();
  });

  test('one that has published since it was found stays', async () => {
    const hosts = createStoredHosts(redis, names);
    await storeHost(redis, names, 'a', 3_000);
    const found = await hosts.find('a');
    await storeHost(redis, names, 'a', 0);
    expect(found && (await hosts.remove(found))).toBeNull();
    expect(await keys()).toHaveLength(2);
  });

  test('one whose key has expired can still be taken out of the list', async () => {
    const hosts = createStoredHosts(redis, names);
    await redis.zadd(names.hostsSeen, 5, 'a');
    const found = await hosts.find('a');
    expect(found && (await hosts.remove(found))).toStrictEqual([`a in ${names.hostsSeen}`]);
  });
});
