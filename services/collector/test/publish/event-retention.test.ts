import { afterAll, beforeEach, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  type FakeClock,
  type LogRecorder,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { EventRetention } from '../../src/publish/index.ts';

const DAY_MS = 86_400_000;
const { url, prefix } = testRedis();
const redis = new Redis(url);
afterAll(() => {
  redis.disconnect();
});
let names = redisNames(prefix);
let count = 0;
let clock: FakeClock;
let log: LogRecorder;
beforeEach(() => {
  names = redisNames(`${prefix}-${(count += 1)}`);
  clock = createFakeClock();
  log = createLogRecorder();
});

function retention(on = redis): EventRetention {
  return new EventRetention({
    redis: on,
    names,
    clock,
    logger: log.logger,
    events: { days: 2, max: 1_000 },
    sessions: { days: 10, max: 1_000_000 },
  });
}

/** 300 entries of so many days ago: Redis trims whole nodes of 100. */
async function fill(key: string, ...daysAgo: number[]): Promise<void> {
  const nowMs = Number((await redis.time())[0]) * 1_000;
  const pipeline = redis.pipeline();
  for (const days of daysAgo) {
    for (let index = 0; index < 300; index += 1)
      pipeline.xadd(key, `${nowMs - days * DAY_MS}-${index + 1}`, 'json', '{}');
  }
  await pipeline.exec();
}

test('what is too old goes, of events and of sessions by their own days', async () => {
  await fill(names.events, 5, 1);
  await fill(names.sessions, 15, 5);
  await retention().trim();
  expect([await redis.xlen(names.events), await redis.xlen(names.sessions)]).toStrictEqual([400, 300]);
});

test('the last event that is too old stays, and nothing else that Redis can part from it', async () => {
  await fill(names.events, 5);
  await fill(names.sessions, 15);
  await retention().trim();
  const kept = await redis.xrange(names.events, '-', '+');
  expect([kept.length, kept.at(-1)?.[0].split('-')[1]]).toStrictEqual([100, '300']);
  expect(await redis.xlen(names.sessions)).toBe(0);
});

test('what is too much goes, the oldest first', async () => {
  await fill(names.events, 1, 0.9, 0.8, 0.7, 0.6);
  await retention().trim();
  const length = await redis.xlen(names.events);
  expect(length).toBeGreaterThanOrEqual(1_000);
  expect(length).toBeLessThan(1_200);
});

test('a clock that jumps forward makes nothing old for a day', async () => {
  await fill(names.events, 1);
  const jumped = Object.create(redis) as Redis;
  let aheadMs = 0;
  jumped.time = async () => {
    const [seconds = 0] = (await redis.time()).map(Number);
    return [seconds + aheadMs / 1_000, 0];
  };
  const one = retention(jumped);
  await one.trim();
  aheadMs = 365 * DAY_MS;
  for (let hours = 0; hours < 23; hours += 1) {
    await one.trim();
    clock.advance(3_600_000);
    aheadMs += 3_600_000;
  }
  expect(await redis.xlen(names.events)).toBe(300);
  expect(log.messages('warn')).toHaveLength(1);
  clock.advance(2 * 3_600_000);
  aheadMs += 2 * 3_600_000;
  await one.trim();
  expect(await redis.xlen(names.events)).toBe(100);
});

test('one that isn’t there, or refuses, is tried again later', async () => {
  await retention(new Redis(url, { lazyConnect: true })).trim();
  await redis.set(names.events, 'x');
  await retention().trim();
  expect(log.messages('debug').join()).toContain('WRONGTYPE');
});
