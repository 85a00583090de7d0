import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { deployableServices } from '../../scripts/src/deployable-services.ts';
import { inProject, readText } from '../docs/support/documents.ts';
import { startCollector } from '../docs/support/started-collector.ts';

const root = mkdtempSync(join(tmpdir(), 'redis-durable-'));
const prefix = 'studio';
const names = redisNames(prefix);
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
  await expect(collector.xtrim(names.events, 'MAXLEN', 1_000)).resolves.toBe(0);
});

test('docs/operations.md has the same rights, for those who make users by themselves', () => {
  const text = `${readText('docs/operations.md')}\n${readFileSync(join(root, 'durable/users/users.acl'), 'utf8')}`;
  for (const name of ['collector', 'api', 'default']) {
    const [documented, given] = [...text.matchAll(new RegExp(`^user ${name} (?:on \\S+ |off )(.+)$`, 'gm'))]
      .map(([, rights = '']) => rights.replaceAll(`${prefix}:`, 'mediamtx:').split(' '))
      .map((words) => [...new Set(words)].filter((word) => !word.startsWith('reset')).sort());
    expect({ name, documented }).toStrictEqual({ name, documented: given });
  }
});
