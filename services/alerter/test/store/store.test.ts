import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  type FakeClock,
  type LogRecorder,
  startRedisServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { StateStore } from '../../src/store/index.ts';
import { commandRedis } from '../support/command-redis.ts';
import { NOTHING, stateOf, storedAlert } from '../support/states.ts';

const ended = useConnections();
let clock: FakeClock;
let log: LogRecorder;
let key: string;
beforeEach(() => {
  clock = createFakeClock();
  log = createLogRecorder();
  key = `alerts-${randomUUID()}`;
});

async function storeOn(url: string): Promise<{ readonly store: StateStore; readonly redis: Redis }> {
  const redis = await commandRedis(url, ended);
  const owner = randomUUID();
  const options = { redis, clock, key, owner, intervalMs: 2_000, logger: log.logger, digest: `of-${owner}` };
  return { redis, store: new StateStore(options) };
}

test('keeps a state, with what is appended, and reads it anew', async () => {
  const { url } = testRedis();
  const { store, redis } = await storeOn(url);
  expect(await store.take()).toStrictEqual(NOTHING);
  const appends = [{ key: `${key}:events`, json: '{}', maxLength: null }];
  expect(await store.save(stateOf([storedAlert()]), appends)).toBe(true);
  expect(store.state).toStrictEqual(stateOf([storedAlert()]));
  expect(await redis.xlen(`${key}:events`)).toBe(1);
  await store.release();
  expect(store.state).toBeNull();
  const other = await storeOn(url);
  expect(await other.store.take()).toStrictEqual(stateOf([storedAlert()]));
});

test('its moments are of its own clock, which goes on, and of Redis’s', async () => {
  const { url } = testRedis();
  const { store } = await storeOn(url);
  await store.take();
  clock.advance(1_500.7);
  clock.stepWall(-1e12);
  expect(await store.moment()).toStrictEqual({ atMs: 1_500, wallMs: expect.any(Number) });
  await store.save(NOTHING, []);
  await store.release();
  const other = await storeOn(url);
  await other.store.take();
  expect((await other.store.moment())?.atMs).toBeGreaterThanOrEqual(1_500);
  const wallMs = (await other.store.moment())?.wallMs ?? 0;
  expect(Math.abs(wallMs - Date.now())).toBeLessThan(60_000);
});

describe('what can’t be used', () => {
  test('is let go with the next save, and told', async () => {
    const { url } = testRedis();
    const { store, redis } = await storeOn(url);
    await redis.hset(key, { 'alert:x': 'nonsense', 'future:x': 'kept' });
    await store.take();
    expect(log.messages('warn')).toStrictEqual([expect.stringContaining(`1 parts can't be used`)]);
    await store.save(NOTHING, []);
    expect(Object.keys(await redis.hgetall(key)).sort()).toStrictEqual(['future:x', 'lease']);
  });
});

describe('somebody else', () => {
  test('who has taken over is told of, and what was to be saved isn’t', async () => {
    const { url } = testRedis();
    const [one, other] = [await storeOn(url), await storeOn(url)];
    await one.store.take();
    await one.store.save(NOTHING, []);
    expect(await other.store.take()).toBeNull();
    clock.advance(4_001);
    expect(await other.store.take()).toStrictEqual(NOTHING);
    expect(await one.store.save(stateOf([storedAlert()]), [])).toBe(false);
    expect([one.store.state, one.store.failure]).toStrictEqual([null, null]);
    expect(log.messages('warn')).toStrictEqual(['another alerter has taken over: this one stands by']);
  });

  test('isn’t there: a state that isn’t ours can’t be saved', async () => {
    const { store } = await storeOn(testRedis().url);
    await expect(store.save(NOTHING, [])).rejects.toThrow('isn’t ours');
  });
});

test('without Redis nothing is kept, which is told once, and it goes on when that is back', async () => {
  const server = await startRedisServer();
  try {
    const { store } = await storeOn(server.url);
    await store.take();
    await server.stop();
    expect(await store.save(stateOf([storedAlert()]), [])).toBe(false);
    expect([await store.take(), await store.moment()]).toStrictEqual([null, null]);
    expect(store.failure).not.toBeNull();
    await server.start();
    await eventually(async () => {
      expect(await store.take()).toStrictEqual(NOTHING);
    });
    expect(store.failure).toBeNull();
    expect(log.messages('info')).toStrictEqual(['the durable Redis keeps alerts again']);
  } finally {
    await server.stop();
  }
});
