import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HistoryWriter, LeasedHash, observed, systemClock } from '@mediamtx-monitor/runtime';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { createFakeClock, createLogRecorder, eventually, freePort } from '@mediamtx-monitor/testkit';
import { type RecentHistoryOf, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { deployableServices } from '../../scripts/src/deployable-services.ts';
import { EventRetention } from '../../services/collector/src/publish/index.ts';
import { inProject, readText } from '../docs/support/documents.ts';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { startCollector } from '../docs/support/started-collector.ts';

const root = mkdtempSync(join(tmpdir(), 'redis-durable-'));
const prefix = 'studio';
const names = redisNames(prefix);
const NOTHING_MEASURED = {
  ...{ liveStreams: null, readers: null, inboundMbps: null, outboundMbps: null },
  ...{ cpuPercent: null, memoryPercent: null },
};
/** A time from now, RFC 3339. */
const at = (inMs: number): string => new Date(Date.now() + inMs).toISOString();
const endings: (() => unknown)[] = [];
let port: number;
let crash: () => Promise<void>;

/** The durable Redis of compose.yaml, on its own file. */
async function startRedis(): Promise<void> {
  const config = readText('docker/redis/redis-durable.conf')
    .split('\n')
    .filter((line) => !/^(bind|dir|aclfile) /.test(line))
    .concat(`dir ${join(root, 'data')}`, `aclfile ${join(root, 'durable/users/users.acl')}`);
  const server = spawn('redis-server', ['-', '--port', String(port), '--bind', '127.0.0.1'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  server.stdin.end(config.join('\n'));
  crash = async () => {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  };
  const redis = as('collector');
  await eventually(() => redis.time());
}

function urlOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
    .trim()
    .replace(/@[^@]*:6379/, `@127.0.0.1:${port}`);
}

function as(service: string): Redis {
  const file = service === 'reader' ? 'durable/users/reader-url' : `for/${service}/redis-durable-url`;
  const redis = new Redis(urlOf(file), { retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  endings.push(() => {
    redis.disconnect();
  });
  return redis;
}

beforeAll(async () => {
  const folders = deployableServices(inProject('.')).map((service) => `for/${service}`);
  for (const folder of ['users', 'durable/users', 'data', ...folders])
    mkdirSync(join(root, folder), { recursive: true });
  execFileSync('bash', [inProject('docker/redis/make-users.sh'), root], {
    env: { PATH: process.env['PATH'], REDIS_KEY_PREFIX: prefix },
  });
  port = await freePort();
  await startRedis();
});
afterAll(async () => {
  for (const end of endings.reverse()) await end();
  await crash();
  rmSync(root, { recursive: true });
});

test('the collector writes events with the rights it has, and after a crash they are there', async () => {
  const simulator = await startSimulator({ streams: 3 });
  endings.push(() => simulator.close());
  const live = { url: process.env['TEST_REDIS_URL'] ?? '', prefix };
  const collector = await startCollector(simulator.url, live, {
    REDIS_DURABLE_URL: urlOf('for/collector/redis-durable-url'),
  });
  endings.push(collector.stop);
  const reader = as('api');
  const held = await eventually(async () => {
    const baseline = await reader.hgetall(names.eventBaseline('main'));
    expect(Object.keys(baseline)).toStrictEqual(expect.arrayContaining(['batch', 'server']));
    expect(await reader.xlen(names.events)).toBeGreaterThan(0);
    return reader.xrange(names.events, '-', '+', 'COUNT', 1);
  });
  // What the last second had may be gone; this is older.
  await eventually(async () => {
    expect(Number((await reader.time())[0]) * 1_000).toBeGreaterThan(
      Number.parseInt(held[0]?.[0] ?? '', 10) + 3_000,
    );
  });
  await crash();
  await startRedis();
  expect(await as('api').xrange(names.events, '-', '+', 'COUNT', 1)).toStrictEqual(held);
});

test('collector and host agent keep history with the rights they have', async () => {
  const live = new Redis(process.env['TEST_REDIS_URL'] ?? '');
  endings.push(() => {
    live.disconnect();
  });
  const clock = createFakeClock('2026-11-29T20:00:00.000Z');
  live.time = () => Promise.resolve([clock.wallMs() / 1_000, 0]);
  const log = createLogRecorder();
  const keep = async (service: string, kind: 'server' | 'host', of: RecentHistoryOf): Promise<void> => {
    const writer = new HistoryWriter({ live, durable: as(service), names, clock, logger: log.logger });
    for (let tick = 0; tick < 20; tick += 1) {
      const subject = { name: '', state: 'up', health: 'ok', values: NOTHING_MEASURED } as const;
      writer.add(60_000, [[of, observed(kind, [subject])]]);
      await writer.idle();
      clock.advance(60_000);
    }
    await writer.stop();
  };
  await keep('collector', 'server', { kind: 'server', server: 'main' });
  await keep('host-agent', 'host', { kind: 'host', host: 'media-1' });
  expect(log.lines).toStrictEqual([]);
  const kept = await as('api').exists(
    names.history({ kind: 'server', server: 'main' }, '5m', Date.parse('2026-11-29T20:00:00Z')),
    names.history({ kind: 'host', host: 'media-1' }, '30s', Date.parse('2026-11-29T20:30:00Z')),
  );
  expect(kept).toBe(2);
  const stranger = as('host-agent');
  await expect(
    stranger.setrange(names.history({ kind: 'server', server: 'main' }, '5m', 0), 0, 'x'),
  ).rejects.toThrow('NOPERM');
});

test('who brings no password may nothing; people may ask whether it is there', async () => {
  const redis = new Redis(`redis://127.0.0.1:${port}`, { enableReadyCheck: false, protocol: 2 });
  endings.push(() => {
    redis.disconnect();
  });
  await expect(redis.ping()).rejects.toThrow('NOAUTH');
  const reader = new Redis(urlOf('durable/users/reader-url'), { enableReadyCheck: false, protocol: 2 });
  endings.push(() => {
    reader.disconnect();
  });
  expect(await reader.ping()).toBe('PONG');
});

test('the API leaves commands, which the alerter reads, and nothing else', async () => {
  const [api, alerter] = [as('api'), as('alerter')];
  const id = await api.xadd(names.commands, 'MAXLEN', '~', 10, '*', 'json', '{}');
  expect(await alerter.xread('COUNT', 10, 'STREAMS', names.commands, '0-0')).toStrictEqual([
    [names.commands, [[id, ['json', '{}']]]],
  ]);
  await expect(alerter.xadd(names.commands, '*', 'json', '{}')).rejects.toThrow('NOPERM');
  await expect(api.hset(names.alerts, 'a', 'b')).rejects.toThrow('NOPERM');
  for (const key of [names.alerts, names.notifications, names.events]) {
    await expect(api.xadd(key, '*', 'json', '{}')).rejects.toThrow('NOPERM');
    await expect(api.del(key)).rejects.toThrow('NOPERM');
  }
});

test('the alerter keeps its hash with the rights it has, and after a crash it is there', async () => {
  const hashOf = (owner: string) =>
    new LeasedHash({
      ...{ redis: as('alerter'), clock: systemClock, key: names.alerts, intervalMs: 1_000 },
      ...{ owner, note: 'digest' },
    });
  const hash = hashOf('first');
  await eventually(async () => {
    expect(await hash.take()).not.toBeNull();
  });
  const appends = [names.events, names.notifications].map((key) => ({ key, json: '{}', maxLength: 1_000 }));
  const sets = new Map([['alert:x', '{}']]);
  expect(await hash.save({ sets, removes: [], appends }, { isLast: true })).toBe('saved');
  const written = await as('api').time();
  await eventually(async () => {
    // What the last second had may be gone; this is older.
    expect(Number((await as('api').time())[0])).toBeGreaterThan(Number(written[0]) + 3);
  });
  await crash();
  await startRedis();
  const next = hashOf('second');
  await eventually(async () => {
    expect((await next.take())?.fields).toStrictEqual(sets);
  });
  expect(await as('api').xlen(names.notifications)).toBe(1);
  const stranger = as('alerter');
  await expect(stranger.hset(names.eventBaseline('main'), 'a', 'b')).rejects.toThrow('NOPERM');
  await expect(stranger.del(names.sessions)).rejects.toThrow('NOPERM');
  await expect(stranger.flushall()).rejects.toThrow('NOPERM');
});

test('the alerter does what the API leaves for it with the rights it has', async () => {
  const live = { url: process.env['TEST_REDIS_URL'] ?? '', prefix };
  const alerter = await startAlerter(live, '', { REDIS_DURABLE_URL: urlOf('for/alerter/redis-durable-url') });
  endings.push(alerter.stop);
  await eventually(async () => {
    expect(await (await fetch(`${alerter.url}/healthz`)).json()).toMatchObject({
      role: 'active',
      failure: null,
    });
  });
  const silence = {
    ...{ id: 'quiet', server: null, stream: 'cam/*', reason: null, comment: 'new cables' },
    ...{ createdAt: at(0), until: at(3_600_000) },
  };
  const api = as('api');
  await api.xadd(names.commands, '*', 'json', JSON.stringify({ type: 'silence.add', by: 'ops', silence }));
  await eventually(async () => {
    const entries = await api.xrevrange(names.events, '+', '-', 'COUNT', 10);
    expect(entries.flatMap(([, fields]) => fields).join()).toContain('"silence.added"');
  });
  expect(alerter.log.lines.filter(({ level }) => level === 'error')).toStrictEqual([]);
});

test('the API and people may read, and nothing else; the collector touches nothing but its keys', async () => {
  for (const service of ['api', 'reader']) {
    const redis = new Redis(
      urlOf(service === 'api' ? 'for/api/redis-durable-url' : 'durable/users/reader-url'),
      {
        enableReadyCheck: false,
        protocol: 2,
      },
    );
    endings.push(() => {
      redis.disconnect();
    });
    expect(await redis.xlen(names.events)).toBeGreaterThanOrEqual(0);
    await expect(redis.xadd(names.events, '*', 'json', '{}')).rejects.toThrow('NOPERM');
    await expect(redis.del(names.events)).rejects.toThrow('NOPERM');
  }
  const collector = as('collector');
  await expect(collector.hset(`${prefix}:else`, 'a', 'b')).rejects.toThrow('NOPERM');
  await expect(collector.flushall()).rejects.toThrow('NOPERM');
});

test('the collector removes what is old with the rights it has', async () => {
  const redis = as('collector');
  await redis.time();
  expect(redis.status).toBe('ready');
  const { logger, lines } = createLogRecorder();
  const kept = { days: 1, max: 1_000 };
  const options = { redis, names, clock: createFakeClock(), logger, events: kept, sessions: kept };
  await new EventRetention(options).trim();
  expect(lines).toStrictEqual([]);
});

test('docs/operations.md has the same rights, for those who make users by themselves', () => {
  const text = `${readText('docs/operations.md')}\n${readFileSync(join(root, 'durable/users/users.acl'), 'utf8')}`;
  for (const name of ['collector', 'api', 'default', 'host-agent', 'alerter']) {
    const [documented, given] = [
      ...text.matchAll(
        new RegExp(
          `^user ${name} (?:on \\S+ |off )(?!~mediamtx:host:\\* ~|%R~mediamtx:\\* ~mediamtx:alerts)(.+)$`,
          'gm',
        ),
      ),
    ]
      .map(([, rights = '']) => rights.replaceAll(`${prefix}:`, 'mediamtx:').split(' '))
      .map((words) => [...new Set(words)].filter((word) => !word.startsWith('reset')).sort());
    expect({ name, documented }).toStrictEqual({ name, documented: given });
  }
});
