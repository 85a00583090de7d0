import { setTimeout as delay } from 'node:timers/promises';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';
import { startNode, startSimulatorProgram } from '../programs.ts';

/** Ticks a collector needs until all fields have values. */
const TICKS = 4;
const PATIENCE_MS = 60_000;

/** Lets a collector store a snapshot of so many simulated streams under the prefix, and ends it again. */
export async function storeSnapshot(redisUrl: string, prefix: string, streams: number): Promise<void> {
  const simulator = await startSimulatorProgram(streams);
  const collector = startNode('../../services/collector/dist/main.js', NODE_FLAGS, {
    MEDIAMTX_API_URL: simulator.url,
    POLL_INTERVAL_SECONDS: '1',
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    JSON_FILE: '',
    HEALTH_PORT: '0',
  });
  const redis = new Redis(redisUrl);
  const meta = redisNames(prefix).streamsMeta('main');
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const head: unknown = JSON.parse((await redis.get(meta)) ?? '{}');
    if (typeof head === 'object' && head !== null && 'seq' in head && Number(head.seq) >= TICKS) break;
    if (performance.now() > endMs) throw new Error('the collector stored no snapshot');
    await delay(100);
  }
  redis.disconnect();
  await collector.end();
  await simulator.end();
}
