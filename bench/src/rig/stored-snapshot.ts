import { setTimeout as delay } from 'node:timers/promises';
import { redisNames } from '@mediamtx-monitor/types';
import type { Ending } from './ending.ts';
import { startCollector } from './fleet.ts';
import { connectRedis } from './redis.ts';
import { startSimulatorProgram } from './simulator.ts';

/** Ticks a collector needs until all fields have values. */
const TICKS = 4;
const PATIENCE_MS = 60_000;

/** Lets a collector store a snapshot of so many simulated streams under the prefix, and ends it again. */
export async function storeSnapshot(
  ending: Ending,
  redisUrl: string,
  prefix: string,
  streams: number,
): Promise<void> {
  const simulator = await startSimulatorProgram(ending, streams);
  const collector = startCollector(ending, { redisUrl, prefix }, simulator.url, {
    POLL_INTERVAL_SECONDS: '1',
  });
  const redis = connectRedis(ending, redisUrl);
  const meta = redisNames(prefix).streamsMeta('main');
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const head: unknown = JSON.parse((await redis.get(meta)) ?? '{}');
    if (typeof head === 'object' && head !== null && 'seq' in head && Number(head.seq) >= TICKS) break;
    if (performance.now() > endMs) throw new Error('the collector stored no snapshot');
    await delay(100);
  }
  await collector.end();
  await simulator.end();
}
