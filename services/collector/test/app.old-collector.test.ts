import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { systemClock } from '@mediamtx-monitor/runtime';
import { redisNames, type StreamsHead } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollectorParts } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { type RunningCollector, runCollector } from './support/running-collector.ts';
import { startScriptedMediamtx } from './support/scripted-mediamtx.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

test('beside one of the last release, which shares nothing, a collector stands by until that is gone', async () => {
  const { url, prefix } = testRedis();
  const names = redisNames(prefix);
  const redis = new Redis(url);
  endings.push(() => {
    redis.disconnect();
  });
  const mediamtx = await startScriptedMediamtx();
  endings.push(() => mediamtx.close());
  mediamtx.toggle('cam');
  const headOf = async (): Promise<StreamsHead> =>
    JSON.parse((await redis.get(names.streamsMeta('main'))) ?? 'null') as StreamsHead;

  const folder = mkdtempSync(join(tmpdir(), 'old-collector-'));
  endings.push(() => {
    rmSync(folder, { recursive: true });
  });
  const jsonFile = join(folder, 'streams.json');
  const saved = (): string => readFileSync(jsonFile, 'utf8');
  const collector: RunningCollector = await runCollector(mediamtx.url, url, prefix, jsonFile);
  endings.push(collector.stop);
  await eventually(async () => {
    expect((await headOf()).seq).toBeGreaterThan(1);
    expect(saved()).toContain('"cam"');
  });
  const { epoch } = await headOf();

  // That one numbers its ticks in an epoch of its own, announces nothing, and never lets go.
  const old = createCollectorParts(
    loadConfig({
      MEDIAMTX_API_URL: mediamtx.url,
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      POLL_INTERVAL_SECONDS: '1',
      JSON_FILE: '',
    }),
    { clock: systemClock, logger: createLogRecorder().logger, userId: undefined, inContainer: false },
    { role: 'take-over', isOnlyPoll: false },
  );
  await old.redis.start();
  endings.push(() => old.redis.stop());
  const outcomes: unknown[] = [];
  const ticking = setInterval(() => {
    void old.servers[0].tick().then(({ redis: outcome }) => outcomes.push(outcome));
  }, 1_000);
  endings.push(() => {
    clearInterval(ticking);
  });
  await eventually(() => {
    expect(collector.log.messages('info').join('\n')).toContain('this collector stands by');
  });
  const asked = outcomes.length;
  await eventually(() => {
    expect(outcomes.length).toBeGreaterThan(asked + 4);
    // What this one has no more stands nowhere of its own.
    expect(saved()).toBe('[]');
  });
  expect(outcomes).not.toContain('superseded');
  const taken = await headOf();
  expect(taken.epoch).toBeGreaterThan(epoch);

  clearInterval(ticking);
  await eventually(async () => {
    const head = await headOf();
    expect(head.epoch).toBeGreaterThan(taken.epoch);
    expect(head.seq).toBeGreaterThan(1);
    expect(saved()).toContain('"cam"');
  });
});
