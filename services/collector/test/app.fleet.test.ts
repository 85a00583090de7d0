import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { systemClock } from '@mediamtx-monitor/runtime';
import { redisNames, type StreamsHead } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollector } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { type ScriptedMediamtx, startScriptedMediamtx } from './support/scripted-mediamtx.ts';

const SERVERS = 20;
const STREAMS = 20;

const endings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A MediaMTX with so many streams. */
async function createServer(): Promise<ScriptedMediamtx> {
  const mediamtx = await startScriptedMediamtx();
  endings.push(() => mediamtx.close());
  for (let stream = 0; stream < STREAMS; stream += 1) mediamtx.toggle(`cam-${stream}`);
  return mediamtx;
}

test('20 servers with 20 streams each: all are polled, stored and in one file', async () => {
  const { url, prefix } = testRedis();
  const names = redisNames(prefix);
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  endings.push(() => {
    rmSync(folder, { recursive: true });
  });
  const servers = await Promise.all(Array.from({ length: SERVERS }, createServer));
  const file = join(folder, 'monitor.yml');
  const entries = servers.map((server, n) => `  - { id: s${n}, url: "${server.url}" }`);
  writeFileSync(file, ['servers:', ...entries].join('\n'));
  const redis = new Redis(url);
  endings.push(() => {
    redis.disconnect();
  });
  const parts = createCollector(
    loadConfig({
      MONITOR_CONFIG: file,
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      JSON_FILE: join(folder, 'streams.json'),
      HEALTH_PORT: '0',
      // So long may an answer take when the machine is busy.
      POLL_INTERVAL_SECONDS: '5',
    }),
    {
      clock: systemClock,
      logger: createLogRecorder().logger,
      userId: process.getuid?.(),
      inContainer: false,
    },
  );
  for (const part of parts) {
    await part.start();
    endings.push(() => part.stop());
  }
  const whole = new Set<string>();
  await eventually(async () => {
    const heads = (await redis.hvals(names.servers)).map((head) => JSON.parse(head) as StreamsHead);
    for (const { server, seq, totals } of heads) {
      if (seq >= 2 && totals.streams === STREAMS) whole.add(server);
    }
    expect(whole.size).toBe(SERVERS);
    expect(JSON.parse(readFileSync(join(folder, 'streams.json'), 'utf8'))).toHaveLength(SERVERS * STREAMS);
  });
});
