import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createApi, loadConfig as loadApiConfig } from '@mediamtx-monitor/api';
import { systemClock } from '@mediamtx-monitor/runtime';
import {
  createLogRecorder,
  eventually,
  RECORDED_VERSIONS,
  recordedList,
  type RecordedVersion,
  startReplayServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { createCollector } from '../../services/collector/src/app.ts';
import { loadConfig } from '../../services/collector/src/config.ts';

const LISTS = [
  'srtconns',
  'rtspsessions',
  'rtspssessions',
  'rtmpconns',
  'rtmpsconns',
  'hlssessions',
  'webrtcsessions',
];

/** What clients typed into addresses, as MediaMTX passed it on: whole, and each password or token in it. */
function secretsOf(version: RecordedVersion): string[] {
  const queries = LISTS.flatMap((list) => {
    const body = JSON.parse(recordedList(version, list, 't0') ?? '{"items":[]}') as {
      items: { query?: string }[];
    };
    return body.items.map((item) => item.query ?? '').filter((query) => query !== '');
  });
  const values = queries.flatMap((query) =>
    [...decodeURIComponent(query).matchAll(/(?:pass|token)=([^&]+)/g)].map(([, value = '']) => value),
  );
  return [...new Set([...queries, ...values])];
}

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.reverse()) await end();
  endings.length = 0;
});

/** What stands in a key, as text. */
async function textOf(redis: Redis, key: string): Promise<string> {
  const kind = await redis.type(key);
  if (kind === 'hash')
    return Object.entries(await redis.hgetall(key))
      .flat()
      .join('\n');
  if (kind === 'stream') return (await redis.xrange(key, '-', '+')).flat(2).join('\n');
  if (kind === 'zset') return (await redis.zrange(key, '0', '-1')).join('\n');
  return (await redis.get(key)) ?? '';
}

test.each(RECORDED_VERSIONS)(
  'nothing that clients of MediaMTX %s typed comes out anywhere',
  async (version) => {
    const secrets = secretsOf(version);
    // Before 1.4.2 there was no such field.
    expect(secrets.length > 0).toBe(version !== '1.2.0');
    const log = createLogRecorder();
    const { url: redisUrl, prefix } = testRedis();
    const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
    endings.push(() => rm(folder, { recursive: true }));
    const jsonFile = join(folder, 'streams.json');
    const mediamtx = await startReplayServer(version);
    endings.push(mediamtx.close);
    const collector = createCollector(
      loadConfig({
        MEDIAMTX_API_URL: mediamtx.url,
        REDIS_URL: redisUrl,
        REDIS_KEY_PREFIX: prefix,
        JSON_FILE: jsonFile,
        HEALTH_PORT: '0',
      }),
      { clock: systemClock, logger: log.logger, userId: process.getuid?.(), inContainer: false },
    );
    const api = createApi(
      { ...loadApiConfig({}).values, API_PORT: 0, REDIS_URL: redisUrl, REDIS_KEY_PREFIX: prefix },
      { logger: log.logger, clock: systemClock },
    );
    for (const part of [...collector, ...api.parts]) {
      await part.start();
      endings.push(() => part.stop());
    }

    const shown: string[] = [];
    const socket = new WebSocket(`${api.url().replace('http', 'ws')}/ws`);
    endings.push(() => {
      socket.terminate();
    });
    socket.on('message', (message: Buffer) => shown.push(message.toString()));
    await eventually(() => {
      expect(shown.some((message) => message.includes('"cam/one"'))).toBe(true);
    });
    for (const path of ['/api/streams/latest', '/api/snapshot', '/api/servers']) {
      shown.push(await (await fetch(`${api.url()}${path}`)).text());
    }
    shown.push(await readFile(jsonFile, 'utf8'));
    const redis = new Redis(redisUrl);
    for (const key of await redis.keys(`${prefix}*`)) shown.push(await textOf(redis, key));
    redis.disconnect();
    shown.push(...log.lines.map((line) => line.message));

    const everything = shown.join('\n');
    expect(everything).toContain('srtConn');
    expect(everything).toContain('"remoteAddr"');
    expect(secrets.filter((secret) => everything.includes(secret))).toStrictEqual([]);
  },
);
