import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import {
  connectInBackground,
  connectPatiently,
  type ConnectionOptions,
  createCommandConnection,
} from '../../src/redis/connections.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { attempts, useConnections } from '../support/redis-connections.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
  const admin = new Redis(server.port, '127.0.0.1');
  await admin.call('acl', 'setuser', 'joe', 'on', '>s3cr3t', '~*', '&*', '+@all');
  admin.disconnect();
});
afterAll(() => server.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'url-file-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const ended = useConnections();

const urlOf = (login: string, rest = '/4'): string => `redis://${login}127.0.0.1:${server.port}${rest}`;

function connection(url: string, options: Pick<ConnectionOptions, 'setting' | 'purpose'> = {}) {
  const { logger, lines } = createRecordingLogger();
  const urlFile = join(folder, 'url');
  writeFileSync(urlFile, `${url}\n`);
  const replace = (text: string): void => {
    writeFileSync(`${urlFile}.new`, text);
    renameSync(`${urlFile}.new`, urlFile);
  };
  const redis = ended(createCommandConnection({ url, urlFile, logger, commandTimeoutMs: 5_000, ...options }));
  return { redis, lines, replace };
}

test('another login in the file holds at once, in the same database', async () => {
  const { redis, lines, replace } = connection(urlOf(''));
  await connectPatiently(redis, 5_000);
  expect(await redis.acl('WHOAMI')).toBe('default');
  replace(urlOf('joe:s3cr3t@'));
  await eventually(async () => {
    expect(await redis.acl('WHOAMI')).toBe('joe');
  });
  expect(await redis.client('INFO')).toContain(' db=4 ');
  expect(lines.join('\n')).toContain('REDIS_URL_FILE read again (commands): another user or password');
  expect(lines.join('\n')).not.toContain('s3cr3t');
});

test('the durable Redis is called by its own setting', async () => {
  const { redis, lines, replace } = connection(urlOf(''), {
    setting: 'REDIS_DURABLE_URL',
    purpose: 'durable',
  });
  await connectPatiently(redis, 5_000);
  replace('redis://127.0.0.1:1');
  await eventually(() => {
    expect(lines.join('\n')).toContain(
      'REDIS_DURABLE_URL_FILE names another Redis or database now (durable)',
    );
  });
});

test('a connection that was refused comes in', async () => {
  const { redis, lines, replace } = connection(urlOf('joe:old@'));
  connectInBackground(redis);
  await attempts(redis, 1);
  expect(lines.join('\n')).toContain('WRONGPASS');
  replace(urlOf('joe:s3cr3t@'));
  await eventually(async () => {
    expect(await redis.acl('WHOAMI')).toBe('joe');
  });
});

test('another Redis or database takes a restart, and the log says so', async () => {
  const { redis, lines, replace } = connection(urlOf(''));
  await connectPatiently(redis, 5_000);
  replace(urlOf('joe:s3cr3t@', '/5'));
  await eventually(() => {
    expect(lines.join('\n')).toContain('REDIS_URL_FILE names another Redis or database now (commands)');
  });
  expect(await redis.acl('WHOAMI')).toBe('default');
});

test('an address that can’t be read changes nothing, and isn’t shown', async () => {
  const { redis, lines, replace } = connection(urlOf(''));
  await connectPatiently(redis, 5_000);
  replace('redis://:s3cr3t#@127.0.0.1');
  await eventually(() => {
    expect(lines.join('\n')).toContain('content is wrong; what it held before stays in use');
  });
  expect(lines.join('\n')).not.toContain('s3cr3t');
  expect(await redis.ping()).toBe('PONG');
});
