import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import {
  type FakeClock,
  createLogRecorder,
  recordedAtMs,
  type RecordedVersion,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollectorParts } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

/** What stands in Redis after a tick. */
export interface StoredTick {
  readonly head: unknown;
  readonly streams: readonly unknown[];
  readonly connections: readonly unknown[];
}

/** Time between the two recorded path lists. */
export function recordedSpanMs(version: RecordedVersion): number {
  return recordedAtMs(version, 'paths', 't1') - recordedAtMs(version, 'paths', 't0');
}

/** Polls a server `ticks` times, waiting in between, and gives back what then stands in Redis, as in the file. */
export async function collectTicks(
  mediamtxUrl: string,
  clock: FakeClock,
  ticks: number,
  wait: () => void,
): Promise<StoredTick[]> {
  const { url, prefix } = testRedis();
  const folder = await mkdtemp(join(tmpdir(), 'collector-'));
  const jsonFile = join(folder, 'streams.json');
  const {
    servers: [collector],
    redis,
  } = createCollectorParts(
    loadConfig({
      MEDIAMTX_API_URL: mediamtxUrl,
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      JSON_FILE: jsonFile,
      // The fake clock stands still, so the deadline of a tick must outlast a busy machine.
      POLL_INTERVAL_SECONDS: '60',
    }),
    { clock, logger: createLogRecorder().logger, userId: process.getuid?.(), inContainer: false },
    { role: 'take-over', isOnlyPoll: false },
  );
  const names = redisNames(prefix);
  const reader = new Redis(url);
  await redis.start();
  const stored: StoredTick[] = [];
  const epoch = clock.wallMs();
  try {
    for (let tick = 0; tick < ticks; tick += 1) {
      if (tick > 0) wait();
      await collector.store(await collector.observe());
      const [head, array, connections] = await reader.mget(
        names.streamsMeta('main'),
        names.latest('streams', 'main'),
        names.latest('connections', 'main'),
      );
      expect(await readFile(jsonFile, 'utf8')).toBe(array);
      stored.push({
        // Redis's own time of the start, which is another in each run.
        head: { ...(JSON.parse(head ?? '') as object), epoch },
        streams: JSON.parse(array ?? '') as unknown[],
        connections: JSON.parse(connections ?? '') as unknown[],
      });
    }
  } finally {
    await redis.stop();
    reader.disconnect();
    await rm(folder, { recursive: true });
  }
  return stored;
}
