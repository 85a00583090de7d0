import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createLogRecorder,
  eventually,
  freePort,
  type LogRecorder,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { type Part, systemClock } from '@mediamtx-monitor/runtime';
import { type RedisNames, redisNames, type StreamsMessage } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollector } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { startScriptedMediamtx, type ScriptedMediamtx } from './support/scripted-mediamtx.ts';

let place: ReturnType<typeof testRedis>;
let names: RedisNames;
let redis: Redis;
let folder: string;
let file: string;
let mediamtx: ScriptedMediamtx;
let other: ScriptedMediamtx;
let log: LogRecorder;
let parts: readonly Part[];
let signals: EventEmitter;
let healthPort: number;

beforeEach(async () => {
  place = testRedis();
  names = redisNames(place.prefix);
  redis = new Redis(place.url);
  folder = mkdtempSync(join(tmpdir(), 'servers-'));
  file = join(folder, 'monitor.yml');
  mediamtx = await startScriptedMediamtx();
  mediamtx.toggle('cam');
  other = await startScriptedMediamtx();
  other.toggle('studio');
  log = createLogRecorder();
  signals = new EventEmitter();
  healthPort = await freePort();
});
afterEach(async () => {
  for (const part of parts.toReversed()) await part.stop();
  redis.disconnect();
  await mediamtx.close();
  await other.close();
  rmSync(folder, { recursive: true });
});

const write = (...lines: readonly string[]): void => {
  writeFileSync(file, `${lines.join('\n')}\n`);
};
const entry = (id: string, { url }: ScriptedMediamtx, more = ''): string =>
  `  - { id: ${id}, url: "${url}"${more} }`;

async function start(): Promise<void> {
  parts = createCollector(
    loadConfig({
      MONITOR_CONFIG: file,
      REDIS_URL: place.url,
      REDIS_KEY_PREFIX: place.prefix,
      POLL_INTERVAL_SECONDS: '1',
      JSON_FILE: join(folder, 'streams.json'),
      HEALTH_PORT: String(healthPort),
    }),
    {
      clock: systemClock,
      logger: log.logger,
      userId: process.getuid?.(),
      inContainer: false,
      signals: signals as unknown as Pick<NodeJS.Process, 'on' | 'off'>,
    },
  );
  for (const part of parts) await part.start();
}

const headOf = async (server: string): Promise<StreamsMessage | null> =>
  JSON.parse((await redis.get(names.streamsMeta(server))) ?? 'null') as StreamsMessage | null;
/** The head of a server that has had ticks and fits. */
const published = (server: string, fitting: (head: StreamsMessage) => boolean = () => true) =>
  eventually(async () => {
    const head = await headOf(server);
    // Before the first tick there is but a numbering.
    if (head === null || head.seq === 0 || !fitting(head)) throw new Error(`${server} has no such tick`);
    return head;
  });
const streamNames = async (server: string): Promise<string[]> => {
  const array = JSON.parse((await redis.get(names.latest('streams', server))) ?? '[]') as { name: string }[];
  return array.map(({ name }) => name);
};
const health = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${healthPort}/healthz`)).json();
const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();

describe('a file that changes', () => {
  test('adds servers, and removes others from Redis, the metrics and the JSON file at once', async () => {
    write('servers:', entry('north', mediamtx), entry('south', other));
    await start();
    const { epoch } = await published('north', ({ seq }) => seq >= 2);
    await published('south');
    write('servers:', entry('north', mediamtx), entry('east', other));
    await published('east');
    await eventually(async () => {
      expect(await redis.hkeys(names.servers)).toStrictEqual(expect.arrayContaining(['north', 'east']));
      expect(await redis.keys(`${place.prefix}:south:*`)).toStrictEqual(
        // History expires by itself.
        (await redis.keys(`${place.prefix}:south:*`)).filter((key) => /history:.*\d{8}/.test(key)),
      );
      expect(await redis.hexists(names.servers, 'south')).toBe(0);
    });
    expect(await streamNames('east')).toStrictEqual(['studio']);
    await eventually(async () => {
      const saved = JSON.parse(readFileSync(join(folder, 'streams.json'), 'utf8')) as { server: string }[];
      expect(saved.map(({ server }) => server)).toStrictEqual(['east', 'north']);
      expect(await metrics()).not.toContain('server="south"');
    });
    expect(await metrics()).toContain('mediamtx_monitor_due_ticks_total{server="east"}');
    // Of the one that stayed nothing has begun anew.
    expect((await published('north')).epoch).toBe(epoch);
    expect(log.messages('info')).toStrictEqual(
      expect.arrayContaining([
        'MONITOR_CONFIG is read again: 2 servers; added: east; removed: south',
        'server south is not listed any more and was removed from Redis',
      ]),
    );
  });

  test('asks a server elsewhere, and says something else of it, without more ado', async () => {
    write('servers:', entry('north', mediamtx), entry('south', mediamtx));
    await start();
    const { epoch } = await published('south');
    await published('north');
    write(
      'servers:',
      entry('north', other),
      entry('south', mediamtx, ', name: South, labels: { site: cellar }'),
    );
    const south = await published('south', ({ name }) => name === 'South');
    expect(south).toMatchObject({ labels: { site: 'cellar' }, epoch });
    await eventually(async () => {
      expect(await streamNames('north')).toContain('studio');
    });
  });

  test('changes what holds for streams, which keep what is known of them', async () => {
    write('servers:', entry('north', mediamtx));
    await start();
    const { epoch } = await published('north', ({ totals }) => totals.healths?.ok === 1);
    write('servers:', entry('north', mediamtx), 'expected: [{ match: gone, for: 0s }]');
    const head = await published('north', ({ attention }) => attention?.count === 1);
    expect(head).toMatchObject({ epoch, attention: { worst: [{ name: 'gone' }] } });
  });

  test('that is wrong changes nothing, which the log and /healthz say with line and column', async () => {
    write('servers:', entry('north', mediamtx));
    await start();
    await published('north');
    expect(await health()).toMatchObject({ servers: [{ server: 'north' }], monitorConfig: { status: 'ok' } });
    write('servers:', entry('north', mediamtx), '  - { id: north }');
    await eventually(async () => {
      expect(await health()).toMatchObject({
        servers: [{ server: 'north', source: 'up' }],
        monitorConfig: { status: 'refused', mistakes: ['line 3, column 5: "servers[1].url" is required'] },
      });
    });
    expect(log.messages('error')).toStrictEqual([
      `MONITOR_CONFIG ${file}: line 3, column 5: "servers[1].url" is required; what it said before holds. ` +
        'Allowed: what docs/configuration.md says',
    ]);
    const { seq } = await published('north');
    await published('north', (head) => head.seq > seq + 1);
    write('servers:', entry('north', mediamtx), entry('south', other));
    await published('south');
    expect(await health()).toMatchObject({ monitorConfig: { status: 'ok' } });
  });

  test('is read at once on SIGHUP, with the files that it names', async () => {
    write('servers:', entry('north', mediamtx));
    await start();
    await published('north');
    signals.emit('SIGHUP');
    expect(log.messages('info').filter((line) => line.includes('read again'))).toStrictEqual([]);
    write('servers:', entry('south', other));
    signals.emit('SIGHUP');
    // Before the watch could have looked twice.
    expect(log.messages('info')).toStrictEqual(
      expect.arrayContaining(['MONITOR_CONFIG is read again: 1 server; added: south; removed: north']),
    );
    await published('south');
    await eventually(async () => {
      expect(await redis.hkeys(names.servers)).toStrictEqual(['south']);
    });
  });
});

test('a server that another collector has taken over stays in Redis', async () => {
  write('servers:', entry('north', mediamtx), entry('south', other));
  await start();
  const taken = await published('south');
  await published('north');
  const head = JSON.stringify({ ...taken, epoch: taken.epoch + 60_000, seq: 1 });
  await redis.multi().set(names.streamsMeta('south'), head).hset(names.servers, 'south', head).exec();
  await eventually(() => {
    expect(log.messages('info').join()).toContain('server south isn’t polled here any more');
  });
  write('servers:', entry('north', mediamtx));
  await eventually(() => {
    expect(log.messages('info')).toContain('MONITOR_CONFIG is read again: 1 server; removed: south');
  });
  const { seq } = await published('north');
  await published('north', (now) => now.seq > seq + 1);
  expect(await redis.hexists(names.servers, 'south')).toBe(1);
});
