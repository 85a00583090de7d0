import { expect, test } from '@jest/globals';
import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { RedisTime } from '../../src/index.ts';
import { useConnections } from '../support/redis-connections.ts';

const ended = useConnections();

test('is told in Redis’s time, however our own clocks stand, and goes on with the monotonic one', () => {
  const clock = createFakeClock();
  const time = new RedisTime(ended(new Redis({ lazyConnect: true })), clock);
  expect(time.nowMs).toBeUndefined();
  time.update(50_000);
  clock.stepWall(3_600_000);
  expect(time.inMs(0)).toBe(50_000);
  expect(time.nowMs).toBe(50_000);
  clock.advance(1_500.5);
  expect(time.inMs(1_000)).toBe(52_501);
});

test('asks Redis itself', async () => {
  const redis = ended(new Redis(testRedis().url));
  const time = new RedisTime(redis, createFakeClock());
  await time.read();
  const [seconds] = await redis.time();
  expect(Math.abs(time.inMs(0) / 1_000 - Number(seconds))).toBeLessThan(60);
});
