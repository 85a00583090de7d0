import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  eventually,
  type RedisServer,
  type ReplayServer,
  startRedisServer,
  startReplayServer,
} from '@mediamtx-monitor/testkit';
import { isNewer } from '@mediamtx-monitor/types';
import { type RunningCollector, runCollector, type PublishedMessage } from './support/running-collector.ts';

const INTERVAL_MS = 1_000;

let mediamtx: ReplayServer;
let redis: RedisServer;
let collector: RunningCollector;
beforeEach(async () => {
  mediamtx = await startReplayServer('1.20.1');
  redis = await startRedisServer();
});
afterEach(async () => {
  redis.resume();
  await collector.stop();
  await redis.stop();
  await mediamtx.close();
});

const start = async (): Promise<void> => {
  collector = await runCollector(mediamtx.url, redis.url, 'outage');
};
const publishedSince = (count: number): Promise<PublishedMessage> =>
  eventually(() => {
    const next = collector.published[count];
    if (next === undefined) throw new Error('nothing told yet');
    return next;
  });

/** Of an empty Redis the server may be taken again, with a greater epoch. */
function expectEachNewer(): void {
  collector.published.forEach((tick, index) => {
    const before = collector.published[index - 1];
    if (before === undefined) return;
    expect(isNewer(tick, before)).toBe(true);
  });
}

test('a paused Redis hangs nothing, and tells no old tick when it goes on', async () => {
  await start();
  await publishedSince(1);
  const before = collector.published.length;
  redis.pause();
  await delay(4 * INTERVAL_MS);
  redis.resume();
  const resumedAtMs = Date.now();
  const first = await publishedSince(before);
  const [previous] = collector.published.slice(before - 1);
  // Ticks went on while nobody listened: their numbers were used up.
  expect(first.seq - (previous?.seq ?? 0)).toBeGreaterThanOrEqual(3);
  expect(Date.parse(first.publishedAt)).toBeGreaterThan(resumedAtMs - INTERVAL_MS);
  await publishedSince(before + 2);
  expectEachNewer();
  expect(collector.log.messages('warn').join('\n')).toContain('not stored');
  expect(collector.log.messages('info')).toContain('snapshots are stored in Redis again');
});

test('a Redis that comes back empty has the next ticks, numbered on', async () => {
  await start();
  await publishedSince(1);
  const before = collector.published.length;
  await redis.stop();
  await delay(2 * INTERVAL_MS);
  await redis.start();
  await publishedSince(before + 1);
  expectEachNewer();
});

test('a Redis that is away at the start is awaited', async () => {
  await redis.stop();
  await start();
  await eventually(() => {
    expect(collector.log.messages('warn').join('\n')).toMatch(/Redis at .+ \(REDIS_URL\) can't be reached/);
  });
  await redis.start();
  // On a busy machine the first may be one that MediaMTX had no time to answer.
  await eventually(() => {
    expect(collector.published.map(({ source }) => source.status)).toContain('up');
  });
});
