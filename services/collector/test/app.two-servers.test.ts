import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  eventually,
  freePort,
  parseMetrics,
  type ReplayServer,
  startReplayServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { type Logger, type Part, systemClock } from '@mediamtx-monitor/runtime';
import { type RedisNames, redisNames, type StreamsMessage } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollector } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { offsetOf } from '../src/one-server.ts';
import { type AnsweringServer, startAnsweringServer } from './support/answering-server.ts';

interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: unknown;
}

const INTERVAL_MS = 1_000;

let place: ReturnType<typeof testRedis>;
let names: RedisNames;
let north: ReplayServer;
let south: AnsweringServer;
/** Whether `south` answers; otherwise it is silent. */
let southAnswers: boolean;
/** When `south` was asked for its path list (Unix time in ms). */
let southAskedAtMs: number[];
let redis: Redis;
let parts: readonly Part[];
let lines: LogLine[];
let healthPort: number;
let folder: string;

beforeEach(async () => {
  north = await startReplayServer('1.20.1');
  southAnswers = true;
  southAskedAtMs = [];
  south = await startAnsweringServer((request, response) => {
    const isPaths = request.url?.startsWith('/v3/paths/list') === true;
    if (isPaths) southAskedAtMs.push(Date.now());
    if (!southAnswers) return;
    response.writeHead(isPaths ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isPaths ? '{"itemCount":0,"pageCount":1,"items":[]}' : '{}');
  });
  place = testRedis();
  names = redisNames(place.prefix);
  redis = new Redis(place.url);
  lines = [];
  healthPort = await freePort();
  folder = mkdtempSync(join(tmpdir(), 'two-servers-'));
});
afterEach(async () => {
  for (const part of parts.toReversed()) await part.stop();
  redis.disconnect();
  await north.close();
  await south.close();
  rmSync(folder, { recursive: true });
});

/** Entries of the file: `north`, and another one. */
const entries = (other = 'id: south'): string => `servers:
  - {id: north, name: North hall, url: ${north.url}, labels: {site: upstairs}}
  - {${other}, url: ${south.url}}`;

async function start(text = entries()): Promise<void> {
  const file = join(folder, 'monitor.yml');
  writeFileSync(file, text);
  const config = loadConfig({
    MONITOR_CONFIG: file,
    REDIS_URL: place.url,
    REDIS_KEY_PREFIX: place.prefix,
    POLL_INTERVAL_SECONDS: String(INTERVAL_MS / 1_000),
    JSON_FILE: join(folder, 'streams.json'),
    HEALTH_PORT: String(healthPort),
  });
  const log =
    (level: keyof Logger): Logger[typeof level] =>
    (message, fields) =>
      void lines.push({ level, message, fields });
  parts = createCollector(config, {
    clock: systemClock,
    logger: { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') },
    userId: process.getuid?.(),
    inContainer: false,
  });
  for (const part of parts) await part.start();
}

/** What stands in Redis of a server, once it has had so many ticks in an epoch after that one. */
const published = (server: string, seq: number, after = 0): Promise<StreamsMessage> =>
  eventually(async () => {
    const head = JSON.parse((await redis.get(names.streamsMeta(server))) ?? '{}') as StreamsMessage;
    if (!(head.seq >= seq) || head.epoch <= after) throw new Error(`${server} has no tick ${seq}`);
    return head;
  });
const answered = async (path: string): Promise<string> =>
  (await fetch(`http://127.0.0.1:${healthPort}${path}`)).text();

test('two servers in one process: each has its keys, its numbers, its lines and its figures', async () => {
  await start();
  expect(parts.filter(({ name }) => name === 'Redis connection')).toHaveLength(1);
  const [head, other] = await eventually(async () => {
    const both = [await published('north', 2), await published('south', 2)] as const;
    // On a machine that is busy the question for the version may have to be asked again.
    expect(both[0]).toMatchObject({ server: 'north', source: { status: 'up', version: 'v1.20.1' } });
    return both;
  });
  expect(head).toMatchObject({ name: 'North hall', labels: { site: 'upstairs' } });
  expect(Object.keys(other)).not.toContain('labels');
  expect(other).toMatchObject({ server: 'south', source: { status: 'up', version: null } });
  expect(head.totals.streams).toBeGreaterThan(5);
  expect(other.totals.streams).toBe(0);
  expect(JSON.parse((await redis.get(names.latest('streams', 'south'))) ?? '')).toStrictEqual([]);
  expect(Object.keys(await redis.hgetall(names.servers)).sort()).toStrictEqual(['north', 'south']);

  expect(JSON.parse(await answered('/healthz'))).toMatchObject({
    status: 'ok',
    servers: [
      { server: 'north', source: 'up', error: null, lastTickMs: expect.any(Number), due: expect.any(Number) },
      { server: 'south', source: 'up', error: null, lastTickMs: expect.any(Number), due: expect.any(Number) },
    ],
  });
  const samples = parseMetrics(await answered('/metrics')).get('mediamtx_monitor_due_ticks_total')?.samples;
  expect(samples?.map(({ labels, value }) => [labels['server'], value >= 2])).toStrictEqual([
    ['north', true],
    ['south', true],
  ]);
  await eventually(() => {
    const saved = JSON.parse(readFileSync(join(folder, 'streams.json'), 'utf8')) as { server: string }[];
    expect(saved).toHaveLength(head.totals.streams ?? 0);
    expect(new Set(saved.map(({ server }) => server))).toStrictEqual(new Set(['north']));
  });
  const stored = lines.filter(({ message }) => message.includes('stored in Redis'));
  expect(new Set(stored.map(({ fields }) => fields))).toStrictEqual(
    new Set(stored.map(({ message }) => ({ server: message.includes(' 0 streams') ? 'south' : 'north' }))),
  );
});

test('each is polled at its own moment of the interval', async () => {
  await start();
  const offsetMs = offsetOf('south', INTERVAL_MS);
  const isOwnMoment = (atMs: number): boolean => {
    const laterMs = (atMs - offsetMs) % INTERVAL_MS;
    return laterMs < INTERVAL_MS / 2 || laterMs > INTERVAL_MS * 0.9;
  };
  await eventually(() => {
    const [, ...afterTheStart] = southAskedAtMs;
    expect(afterTheStart.filter(isOwnMoment).length).toBeGreaterThanOrEqual(3);
  });
});

test('one that is silent or superseded keeps the other from nothing', async () => {
  southAnswers = false;
  await start();
  const { seq } = await published('north', 1);
  const taken = await published('south', 1);
  expect(taken.source.status).toBe('timeout');
  // Another collector takes the silent one over.
  await redis.set(
    names.streamsMeta('south'),
    JSON.stringify({ ...taken, epoch: taken.epoch + 60_000, seq: 1 }),
  );
  await eventually(() => {
    expect(lines.map(({ message }) => message)).toContain(
      'server south isn’t polled here any more: this collector stands by',
    );
  });
  const { epoch, ...later } = await published('north', seq + 3);
  expect(later.source.status).toBe('up');
  expect(epoch).toBeLessThan(taken.epoch + 60_000);
  // It is taken back once the other one says no more.
  const again = await published('south', 1, taken.epoch + 60_000);
  expect(again.source.status).toBe('timeout');
  expect(JSON.parse(await answered('/healthz'))).toMatchObject({
    servers: [{ server: 'north', source: 'up', error: null }, { server: 'south' }],
    sharing: { holds: ['north', 'south'], standsBy: [] },
  });
});

test('one that never answers holds up the other in nothing', async () => {
  southAnswers = false;
  // It is asked at once, and its answer is waited for until long after this test.
  const id =
    Array.from({ length: 1_000 }, (_, n) => `s${n}`).find((each) => offsetOf(each, 60_000) < 500) ?? '';
  await start(entries(`id: ${id}, intervalSeconds: 60`));
  const { seq } = await eventually(async () => {
    expect(southAskedAtMs).toHaveLength(1);
    return published('north', 1);
  });
  await published('north', seq + 3);
  expect(await redis.hexists(names.servers, id)).toBe(0);
  expect(JSON.parse(await answered('/healthz'))).toMatchObject({
    servers: [
      { server: 'north', source: 'up', error: null },
      { server: id, source: null, lastTickMs: null },
    ],
  });
  // So that its tick ends, and with it the test.
  await south.close();
});
