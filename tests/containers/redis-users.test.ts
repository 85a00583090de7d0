import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { createLogRecorder, eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { runForget } from '../../services/collector/src/forget-command.ts';
import { deployableServices } from '../../scripts/src/deployable-services.ts';
import { inProject, readText } from '../docs/support/documents.ts';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { startApi } from '../docs/support/started-api.ts';
import { startCollector } from '../docs/support/started-collector.ts';
import { startHostAgent } from '../docs/support/started-host-agent.ts';

const SCRIPT = fileURLToPath(new URL('../../docker/redis/make-users.sh', import.meta.url));
const SERVICES = deployableServices(inProject('.'));

const root = mkdtempSync(join(tmpdir(), 'redis-users-'));
const prefix = 'studio';
const endings: (() => Promise<void> | void)[] = [];
let server: RedisServer;

function makeUsers(): void {
  execFileSync('bash', [SCRIPT, root], { env: { PATH: process.env['PATH'], REDIS_KEY_PREFIX: prefix } });
}

const urlFile = (service: string): string =>
  readFileSync(join(root, 'for', service, 'redis-url'), 'utf8').trim();

/** Redis as this service reaches it. */
function as(service: string): { readonly url: string; readonly prefix: string } {
  return { url: urlFile(service).replace('redis:6379', `127.0.0.1:${server.port}`), prefix };
}

function connect(url: string): Redis {
  const redis = new Redis(url);
  endings.push(() => {
    redis.disconnect();
  });
  return redis;
}

beforeAll(async () => {
  for (const folder of ['users', 'durable/users', ...SERVICES.map((service) => `for/${service}`)]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  makeUsers();
  server = await startRedisServer();
  const first = connect(server.url);
  await first.acl('SETUSER', 'admin', 'on', '>admin', '~*', '&*', '+@all');
  for (const line of readFileSync(join(root, 'users/users.acl'), 'utf8').trim().split('\n').reverse()) {
    const [, name = '', ...rights] = line.split(' ');
    await first.acl('SETUSER', name, 'reset', ...rights);
  }
});

afterAll(async () => {
  for (const end of endings.reverse()) await end();
  await server.stop();
  rmSync(root, { recursive: true });
});

test('a second start keeps the passwords', () => {
  const before = SERVICES.map(urlFile);
  makeUsers();
  expect(SERVICES.map(urlFile)).toStrictEqual(before);
  expect(new Set(before.map((url) => new URL(url).password)).size).toBe(SERVICES.length);
});

test('collector, host agent and API do all they do with the rights they have', async () => {
  const simulator = await startSimulator({ streams: 3 });
  endings.push(() => simulator.close());
  for (const started of [
    await startCollector(simulator.url, as('collector')),
    await startHostAgent(as('host-agent')),
  ]) {
    endings.push(started.stop);
  }
  const api = await startApi(as('api'));
  endings.push(api.stop);
  await eventually(async () => {
    const streams = (await (await fetch(`${api.url}/api/streams`)).json()) as { total?: number };
    expect(streams.total).toBe(3);
    const hosts = (await (await fetch(`${api.url}/api/hosts`)).json()) as { total?: number };
    expect(hosts.total).toBe(1);
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toContain('mediamtx_monitor_redis_subscribed 1');
  });
});

test('the alerter sees what is live, and says what it tells, with the rights it has', async () => {
  const names = redisNames(prefix);
  const api = connect(as('api').url);
  const heard: string[] = [];
  api.on('message', (_channel, message) => heard.push(message));
  await api.subscribe(names.channel('alerts'));
  const alerter = await startAlerter(as('alerter'), '', {
    REDIS_DURABLE_URL: process.env['TEST_REDIS_URL'] ?? '',
  });
  endings.push(alerter.stop);
  await eventually(async () => {
    expect(await (await fetch(`${alerter.url}/healthz`)).json()).toMatchObject({
      role: 'active',
      failure: null,
    });
    expect(heard.map((message) => JSON.parse(message) as unknown)).toContainEqual(
      // Whether the machine of this test is too busy is no matter here.
      expect.objectContaining({ type: 'alerts' }),
    );
  });
  expect(alerter.log.lines.filter(({ level }) => /warn|error/.test(level))).toStrictEqual([]);
  const stranger = connect(as('alerter').url);
  expect(await stranger.hget(names.servers, 'main')).toContain('"server":"main"');
  await expect(stranger.set(names.latest('streams', 'main'), '[]')).rejects.toThrow('NOPERM');
  await expect(stranger.hdel(names.servers, 'main')).rejects.toThrow('NOPERM');
  await expect(stranger.publish(names.channel('streams'), '{}')).rejects.toThrow('NOPERM');
  await expect(stranger.flushall()).rejects.toThrow('NOPERM');
});

test('collector and host agent keep recent history with the rights they have, of their own', async () => {
  const names = redisNames(prefix);
  for (const [service, of] of [
    ['collector', { kind: 'server', server: 'main' }],
    ['host-agent', { kind: 'host', host: 'here' }],
  ] as const) {
    const redis = connect(as(service).url);
    const key = names.recentHistory(of, 0, 0);
    expect(await redis.append(key, 'x')).toBe(1);
    expect(await redis.pexpire(key, 10_000)).toBe(1);
  }
  const stranger = connect(as('host-agent').url);
  const ofServer = names.recentHistory({ kind: 'server', server: 'main' }, 0, 0);
  await expect(stranger.append(ofServer, 'x')).rejects.toThrow('NOPERM');
});

test('the collector may also forget servers and hosts that are gone', async () => {
  const admin = connect(server.url.replace('//', '//admin:admin@'));
  const names = redisNames(prefix);
  const keys = [names.streamsMeta('old'), names.latest('streams', 'old'), names.host('old')];
  for (const key of keys) await admin.set(key, '{}');
  await admin.hset(names.servers, 'old', '{}');
  // Silent for an hour: after a day the host agent would take it out by itself.
  await admin.zadd(names.hostsSeen, Date.now() - 3_600_000, 'old');
  const redis = { url: as('collector').url, keyPrefix: prefix };
  for (const kind of ['server', 'host'] as const) {
    expect(
      await runForget({ redis, durableRedis: null, kind, id: 'old', logger: createLogRecorder().logger }),
    ).toBe(0);
  }
  expect(await admin.exists(...keys)).toBe(0);
  expect(await admin.hexists(names.servers, 'old')).toBe(0);
  expect(await admin.zscore(names.hostsSeen, 'old')).toBeNull();
});

test('who publishes may clear away what is of another kind', async () => {
  const admin = connect(server.url.replace('//', '//admin:admin@'));
  const names = redisNames(prefix);
  for (const key of [names.servers, names.hostsSeen]) {
    await admin.del(key);
    await admin.set(key, 'x');
  }
  await eventually(async () => {
    expect(await admin.hkeys(names.servers)).toStrictEqual(['main']);
    expect(await admin.zrange(names.hostsSeen, '0', '-1')).toStrictEqual(['here']);
  });
});

test('services that are newer than the rights of their users go on', async () => {
  const admin = connect(server.url.replace('//', '//admin:admin@'));
  for (const name of SERVICES) await admin.acl('SETUSER', name, '-strlen', '-del');
  await admin.acl('SETUSER', 'api', '-time');
  const names = redisNames(prefix);
  const seqOf = async (): Promise<number> =>
    (JSON.parse((await admin.get(names.streamsMeta('main'))) ?? '') as { seq: number }).seq;
  // One that doesn't publish is known from its keys alone.
  const quiet = ((await admin.get(names.streamsMeta('main'))) ?? '').replace('"main"', '"quiet"');
  await admin.mset(names.streamsMeta('quiet'), quiet, names.latest('streams', 'quiet'), '[]');
  await admin.hset(names.servers, 'quiet', quiet);
  const before = await seqOf();
  const api = await startApi(as('api'));
  endings.push(api.stop);
  await eventually(async () => {
    const { items } = (await (await fetch(`${api.url}/api/servers`)).json()) as {
      items: { stale: boolean }[];
    };
    expect(items).toMatchObject([{ server: 'main', stale: false }, { server: 'quiet' }]);
    expect(await seqOf()).toBeGreaterThan(before);
  });
});

test('the collector may ask whether anybody hears it, and not who listens to what', async () => {
  const redis = connect(as('collector').url);
  expect(await redis.pubsub('NUMSUB', redisNames(prefix).channel('streams'))).toHaveLength(2);
  expect(await redis.pubsub('NUMPAT')).toBe(0);
  await expect(redis.pubsub('CHANNELS')).rejects.toThrow('NOPERM');
});

test('the API may write nothing, and tell nothing', async () => {
  const redis = connect(as('api').url);
  const names = redisNames(prefix);
  await expect(redis.set(names.latest('streams', 'main'), '[]')).rejects.toThrow('NOPERM');
  await expect(redis.publish(names.channel('streams'), '{}')).rejects.toThrow('NOPERM');
  await expect(redis.flushall()).rejects.toThrow('NOPERM');
});

test('the host agent may touch no stream', async () => {
  const redis = connect(as('host-agent').url);
  const names = redisNames(prefix);
  await expect(redis.set(names.latest('streams', 'main'), '[]')).rejects.toThrow('NOPERM');
  await expect(redis.publish(names.channel('streams'), '{}')).rejects.toThrow('NOPERM');
});

test('an agent on another machine is given the rights for both roles of its one Redis by docs/operations.md', () => {
  const rightsIn = (text: string): string[] =>
    (/^user host-agent on \S+ (.*)$/m.exec(text)?.[1] ?? '').replaceAll(`${prefix}:`, 'mediamtx:').split(' ');
  const [live, durable] = ['users/users.acl', 'durable/users/users.acl'].map((path) =>
    rightsIn(readFileSync(join(root, path), 'utf8')),
  );
  const operations = readFileSync(
    fileURLToPath(new URL('../../docs/operations.md', import.meta.url)),
    'utf8',
  );
  const documented = rightsIn(operations.slice(operations.indexOf('### Host agents on other machines')));
  // Among the keys of hosts are those of their history.
  const given = [...(live ?? []), ...(durable ?? [])].filter((word) => !/^resetkeys$|:history:/.test(word));
  expect(new Set(documented)).toStrictEqual(new Set(given));
});

test('a user for an alerter is given its rights by docs/operations.md', () => {
  const rightsIn = (text: string): string[] =>
    (/^user alerter on \S+ (.*%R~\S+:\* .*)$/m.exec(text)?.[1] ?? '')
      .replaceAll(`${prefix}:`, 'mediamtx:')
      .split(' ')
      .filter((word) => !word.startsWith('reset'));
  const given = rightsIn(readFileSync(join(root, 'users/users.acl'), 'utf8'));
  expect(given.length).toBeGreaterThan(5);
  expect(new Set(rightsIn(readText('docs/operations.md')))).toStrictEqual(new Set(given));
});

test('the user for people may read what stands in Redis, and nothing else', async () => {
  const url = readFileSync(join(root, 'users/reader-url'), 'utf8').trim();
  const reader = new Redis(url.replace(':6379', `:${server.port}`), {
    enableReadyCheck: false,
    protocol: 2,
  });
  endings.push(() => {
    reader.disconnect();
  });
  const names = redisNames(prefix);
  expect(JSON.parse((await reader.get(names.latest('streams', 'main'))) ?? '')).toHaveLength(3);
  await expect(reader.set(names.latest('streams', 'main'), '[]')).rejects.toThrow('NOPERM');
  await expect(reader.get('else')).rejects.toThrow('NOPERM');
});

test('who brings no password may only ask whether Redis is there', async () => {
  const redis = new Redis(server.url, { enableReadyCheck: false, protocol: 2 });
  endings.push(() => {
    redis.disconnect();
  });
  expect(await redis.ping()).toBe('PONG');
  await expect(redis.get('studio:streams:latest')).rejects.toThrow('NOPERM');
});
