import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { createCollectorParts } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { PathFact } from '../../src/facts.ts';
import { observation, pathFact } from '../derive/facts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collector-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('a tick that can’t be written as text fails with an error, and the next one is told', async () => {
  const { url, prefix } = testRedis();
  const jsonFile = join(folder, 'streams.json');
  const {
    servers: [collector],
    redis,
  } = createCollectorParts(
    loadConfig({
      MEDIAMTX_API_URL: 'http://127.0.0.1:9',
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      JSON_FILE: jsonFile,
      POLL_INTERVAL_SECONDS: '60',
    }),
    {
      clock: createFakeClock(new Date().toISOString()),
      logger: createLogRecorder().logger,
      userId: process.getuid?.(),
      inContainer: false,
    },
    { role: 'take-over', isOnlyPoll: false },
  );
  await redis.start();
  try {
    // Constructed: it stands for more streams than the longest text can hold.
    const unwritable = { ...pathFact(), sourceId: 1n } as unknown as PathFact;
    const failed = await collector.store(observation({ paths: [unwritable] }));
    expect(failed).toMatchObject({
      redis: expect.any(TypeError),
      messageBytes: null,
      file: expect.any(TypeError),
    });
    const stored = await collector.store(observation({ paths: [pathFact()] }));
    expect(stored.redis).not.toBeInstanceOf(Error);
    expect(stored.file).toBe('written');
    expect(JSON.parse(await readFile(jsonFile, 'utf8'))).toMatchObject([{ name: 'cam' }]);
  } finally {
    await redis.stop();
  }
});
