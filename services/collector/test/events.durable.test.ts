import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  createLogRecorder,
  eventually,
  freePort,
  type LogRecorder,
  type RedisServer,
  startRedisServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { systemClock } from '@mediamtx-monitor/runtime';
import { redisNames, type StreamsMessage } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollector } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { type ScriptedMediamtx, startScriptedMediamtx } from './support/scripted-mediamtx.ts';
import { readStoredEvents } from './support/stored-events.ts';

let mediamtx: ScriptedMediamtx;
let durable: RedisServer;
let place: ReturnType<typeof testRedis>;
let endings: (() => unknown)[];
beforeEach(async () => {
  place = testRedis();
  endings = [];
  mediamtx = await startScriptedMediamtx();
  durable = await startRedisServer();
});
afterEach(async () => {
  for (const end of endings.reverse()) await end();
  await mediamtx.close();
  await durable.stop();
});

interface WatchedCollector {
  readonly log: LogRecorder;
  readonly health: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<WatchedCollector> {
  const log = createLogRecorder();
  const port = String(await freePort());
  const parts = createCollector(
    loadConfig({
      MEDIAMTX_API_URL: mediamtx.url,
      REDIS_URL: place.url,
      REDIS_DURABLE_URL: durable.url,
      REDIS_KEY_PREFIX: place.prefix,
      POLL_INTERVAL_SECONDS: '1',
      JSON_FILE: '',
      HEALTH_PORT: port,
      ...settings,
    }),
    { clock: systemClock, logger: log.logger, userId: process.getuid?.(), inContainer: false },
  );
  for (const part of parts) await part.start();
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    for (const part of parts.toReversed()) await part.stop();
  };
  endings.push(stop);
  const health = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/healthz`)).json();
  return { log, health, stop };
}

const stored = (url = durable.url) => readStoredEvents(url, redisNames(place.prefix));
async function typesOf(url?: string): Promise<string[]> {
  return (await stored(url)).events.map((event) =>
    'stream' in event ? `${event.type} ${event.stream}` : event.type,
  );
}
/** Until what is written down is what is. */
const settled = (url?: string): Promise<void> =>
  eventually(async () => {
    const { baseline } = await stored(url);
    const open = Object.keys(baseline).filter((field) => field.startsWith('connection '));
    expect(open.sort()).toStrictEqual(
      mediamtx
        .visitors()
        .map(({ id }) => `connection ${id}`)
        .sort(),
    );
    expect(baseline).toHaveProperty('server');
  });

async function newestSeq(): Promise<number> {
  const redis = new Redis(place.url);
  const head = (await redis.get(redisNames(place.prefix).streamsMeta('main'))) ?? '{}';
  redis.disconnect();
  return (JSON.parse(head) as Partial<StreamsMessage>).seq ?? 0;
}

test('a durable Redis that is away keeps no tick back; what happened meanwhile is told once it is there', async () => {
  await durable.stop();
  const collector = await start();
  await eventually(async () => {
    expect(await newestSeq()).toBeGreaterThan(2);
  });
  expect(await collector.health()).toMatchObject({
    source: 'up',
    events: { status: 'failed', waiting: 0, takenAtMs: null },
  });
  expect(collector.log.messages('warn').join('\n')).toMatch(
    /Redis at .+ \(REDIS_DURABLE_URL\) can't be reached/,
  );
  await durable.start();
  await settled();
  await durable.stop();
  mediamtx.toggle('cam');
  const seq = await newestSeq();
  await eventually(async () => {
    expect(await newestSeq()).toBeGreaterThan(seq + 2);
    expect(await collector.health()).toMatchObject({
      events: { status: 'failed', waiting: expect.any(Number) },
    });
  });
  await durable.start();
  // It has kept nothing: what stands there is compared with anew.
  await settled();
  await eventually(async () => {
    expect(await collector.health()).toMatchObject({ events: { status: 'ok', waiting: 0 } });
  });
  expect(collector.log.messages('warn').join('\n')).toContain('the durable Redis has lost what it had taken');
});

test('one that is full is told once, with what to do; nothing is lost', async () => {
  const admin = new Redis(durable.url);
  endings.push(() => {
    admin.disconnect();
  });
  const collector = await start();
  await settled();
  await admin.config('SET', 'maxmemory', '1');
  mediamtx.toggle('cam');
  await eventually(() => {
    expect(collector.log.messages('warn').join('\n')).toContain(
      'it is full: give it more memory (maxmemory)',
    );
  });
  const seq = await newestSeq();
  await eventually(async () => {
    expect(await newestSeq()).toBeGreaterThan(seq + 1);
  });
  await admin.config('SET', 'maxmemory', '0');
  await settled();
  expect(await typesOf()).toStrictEqual(
    expect.arrayContaining(['stream.online cam', 'connection.opened cam']),
  );
  expect(collector.log.messages('warn').filter((line) => line.includes('it is full'))).toHaveLength(1);
  expect(collector.log.messages('info')).toContain('events and sessions are stored again');
});

test('of two collectors one writes; when it is gone, the other one goes on, and nothing is told twice', async () => {
  const first = await start();
  await settled();
  mediamtx.toggle('a');
  await settled();
  const second = await start();
  // Which of them has it, is up to their ids.
  const holders = () =>
    eventually(async () => {
      const both = await Promise.all([first, second].map(async (one) => ({ one, said: await one.health() })));
      const [holder, ...more] = both.filter(({ said }) => JSON.stringify(said).includes('"holds":["main"]'));
      expect(more).toStrictEqual([]);
      expect(holder?.said).toMatchObject({ events: { status: 'ok' } });
      return holder?.one;
    });
  await holders();
  mediamtx.toggle('b');
  await settled();
  await (await holders())?.stop();
  const redis = new Redis(durable.url);
  endings.push(() => {
    redis.disconnect();
  });
  // What it kept of history doesn't wait for the next five minutes.
  expect(await redis.keys(`${place.prefix}:history:30s:b:*`)).toHaveLength(1);
  mediamtx.toggle('a');
  await settled();
  const types = (await typesOf()).filter((type) => /stream\.|connection\./.test(type));
  expect(types.sort()).toStrictEqual([
    'connection.closed a',
    'connection.opened a',
    'connection.opened b',
    'stream.offline a',
    'stream.online a',
    'stream.online b',
  ]);
});

test('one Redis may be both, and an epoch that stands there is gone above', async () => {
  const names = redisNames(place.prefix);
  const redis = new Redis(place.url);
  endings.push(() => {
    redis.disconnect();
  });
  // As of a collector on a clock that is an hour ahead.
  const epoch = Date.now() + 3_600_000;
  await redis.hset(names.eventBaseline('main'), 'batch', `${epoch} 7 somebody`);
  await start({ REDIS_DURABLE_URL: '' });
  mediamtx.toggle('cam');
  await settled(place.url);
  const { baseline } = await stored(place.url);
  expect(Number(baseline['batch']?.split(' ')[0])).toBeGreaterThan(epoch);
  const head = JSON.parse((await redis.get(names.streamsMeta('main'))) ?? '') as StreamsMessage;
  expect(head.epoch).toBeGreaterThan(epoch);
});
