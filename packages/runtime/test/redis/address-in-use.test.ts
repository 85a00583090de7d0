import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import {
  connectInBackground,
  connectPatiently,
  createCommandConnection,
  createSubscriberConnection,
} from '../../src/redis/connections.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { attempts, useConnections } from '../support/redis-connections.ts';

const PASSWORD = 'p@ss/w#rd%';
const ENCODED = encodeURIComponent(PASSWORD);

let folder: string;
let server: RedisServer;
let tlsPort: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redis-address-'));
  const file = (name: string): string => join(folder, name);
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=redis',
      '-keyout',
      file('key'),
    ].concat(['-out', file('cert'), '-addext', 'subjectAltName=IP:127.0.0.1']),
    { stdio: 'ignore' },
  );
  tlsPort = await freePort();
  const settings = {
    unixsocket: file('redis.sock'),
    'tls-port': String(tlsPort),
    'tls-cert-file': file('cert'),
    'tls-key-file': file('key'),
    'tls-ca-cert-file': file('cert'),
    'tls-auth-clients': 'no',
  };
  server = await startRedisServer(Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]));
  const admin = new Redis(server.port, '127.0.0.1');
  await admin.call('acl', 'setuser', 'joe', 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
  admin.disconnect();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const ended = useConnections();

function connection(url: string, ca?: string, create = createCommandConnection) {
  const { logger, lines } = createRecordingLogger();
  return { lines, redis: ended(create({ url, ca, logger, commandTimeoutMs: 5_000 })) };
}

test('a user and password with any signs, percent-encoded', async () => {
  const { redis } = connection(`redis://joe:${ENCODED}@127.0.0.1:${server.port}/2`);
  await connectPatiently(redis, 5_000);
  expect(await redis.acl('WHOAMI')).toBe('joe');
  expect(await redis.client('INFO')).toContain(' db=2 ');
});

test('a unix socket, with a database', async () => {
  const { redis } = connection(`unix://${folder}/redis.sock?db=3`);
  await connectPatiently(redis, 5_000);
  expect(await redis.client('INFO')).toMatch(/ laddr=\S*redis\.sock:0 .* db=3 /);
});

describe.each([
  ['commands', createCommandConnection],
  ['subscription', createSubscriberConnection],
])('a database that isn’t there (%s)', (_purpose, create) => {
  test('is never another one: the connection says why it isn’t ready, once', async () => {
    const { redis, lines } = connection(`${server.url}/99`, undefined, create);
    const states: string[] = [];
    redis.on('ready', () => states.push('ready'));
    connectInBackground(redis);
    await attempts(redis, 3);
    expect(states).toStrictEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(
      "database 99 can't be used (ERR DB index is out of range); check the end of REDIS_URL",
    );
  });
});

describe('TLS', () => {
  test('with the certificate of an authority of one’s own', async () => {
    const ca = readFileSync(join(folder, 'cert'), 'utf8');
    const { redis } = connection(`rediss://127.0.0.1:${tlsPort}`, ca);
    await connectPatiently(redis, 5_000);
    expect(await redis.ping()).toBe('PONG');
  });

  test('without it, the log names the setting', async () => {
    const { redis, lines } = connection(`rediss://:hush@127.0.0.1:${tlsPort}`);
    connectInBackground(redis);
    await attempts(redis, 1);
    expect(lines.join('\n')).toContain(
      `Error: self-signed certificate: no authority that is known here stands for the certificate of 127.0.0.1:${tlsPort}`,
    );
    expect(lines.join('\n')).toContain('REDIS_CA_FILE names a file');
    expect(lines.join('\n')).not.toContain('hush');
  });

  test('a port without TLS is told as such', async () => {
    const { redis, lines } = connection(`rediss://127.0.0.1:${server.port}`);
    connectInBackground(redis);
    await attempts(redis, 1);
    expect(lines.join('\n')).toContain(`127.0.0.1:${server.port} doesn't answer over TLS`);
  });
});
