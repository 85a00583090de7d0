import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  golden,
  RECORDED_VERSIONS,
  recordedAtMs,
  type RecordedVersion,
  type ReplayServer,
  startReplayServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import { Redis } from 'ioredis';
import Joi from 'joi';
import { createCollectorParts } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { plainRates, plainReading } from './support/plain-reading.ts';

let server: ReplayServer | undefined;
afterEach(async () => {
  await server?.close();
});

/** Polls a recorded server at both moments, and gives back what then stands in Redis and in the file. */
async function collectRecorded(version: RecordedVersion) {
  server = await startReplayServer(version);
  const { url, prefix } = testRedis();
  const folder = await mkdtemp(join(tmpdir(), 'collector-'));
  const jsonFile = join(folder, 'streams.json');
  const clock = createFakeClock();
  const { collect, redis } = createCollectorParts(
    loadConfig({
      MEDIAMTX_API_URL: server.url,
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      JSON_FILE: jsonFile,
      // The fake clock stands still, so the deadline of a tick must outlast a busy machine.
      POLL_INTERVAL_SECONDS: '60',
    }),
    { clock, logger: createLogRecorder().logger, userId: process.getuid?.(), inContainer: false },
    { role: 'take-over', waitForAuthProbe: false },
  );
  const names = redisNames(prefix);
  const reader = new Redis(url);
  await redis.start();
  const ticks: { head: unknown; streams: unknown[]; connections: unknown[] }[] = [];
  try {
    for (const phase of ['t0', 't1'] as const) {
      server.setPhase(phase);
      await collect.store(await collect.observe());
      const [head, array, connections] = await reader.mget(
        names.streamsMeta('main'),
        names.latest('streams', 'main'),
        names.latest('connections', 'main'),
      );
      expect(await readFile(jsonFile, 'utf8')).toBe(array);
      ticks.push({
        head: JSON.parse(head ?? '') as unknown,
        streams: JSON.parse(array ?? '') as unknown[],
        connections: JSON.parse(connections ?? '') as unknown[],
      });
      clock.advance(recordedSpanMs(version));
    }
  } finally {
    await redis.stop();
    reader.disconnect();
    await rm(folder, { recursive: true });
  }
  return ticks;
}

/** Time between the two recorded path lists. */
function recordedSpanMs(version: RecordedVersion): number {
  return recordedAtMs(version, 'paths', 't1') - recordedAtMs(version, 'paths', 't0');
}

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version) => {
  test('runs through the collector into Redis as it always did', async () => {
    const ticks = await collectRecorded(version);
    expect(ticks).toEqual(golden(new URL(`golden/${version}.json`, import.meta.url), ticks));
    const [t0, t1] = ticks;
    Joi.assert(t0?.streams, Joi.array().items(streamRecordSchema).min(1));
    expect(t0?.streams).toMatchObject(plainReading(version, 't0'));
    expect(t1?.streams).toMatchObject(plainReading(version, 't1'));
    expect(t0?.streams).toEqual(t0?.streams.map(() => expect.objectContaining({ inboundMbps: null })));
    expect(t1?.streams).toMatchObject(plainRates(version));
  });
});
