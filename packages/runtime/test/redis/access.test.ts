import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { readOwnCertificate } from '../../src/settings/certificates.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';
import {
  connectInBackground,
  connectPatiently,
  createCommandConnection,
  createSubscriberConnection,
} from '../../src/redis/connections.ts';
import type { RedisTarget } from '../../src/index.ts';
import { type Authority, type CertificateFiles, makeAuthority } from '../support/certificates.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { attempts, useConnections } from '../support/redis-connections.ts';

let folder: string;
let authority: Authority;
let stranger: Authority;
let own: CertificateFiles;
let server: RedisServer;
let tlsPort: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redis-access-'));
  authority = makeAuthority(folder, 'authority');
  stranger = makeAuthority(folder, 'stranger');
  own = authority.sign('collector', 'DNS:collector');
  const redis = authority.sign('redis', 'IP:127.0.0.1');
  tlsPort = await freePort();
  server = await startRedisServer([
    ...['--tls-port', String(tlsPort), '--tls-cert-file', redis.certFile, '--tls-key-file', redis.keyFile],
    ...['--tls-ca-cert-file', authority.certFile, '--tls-auth-clients', 'yes'],
    ...['--unixsocket', join(folder, 'redis.sock')],
  ]);
  const admin = new Redis(server.port, '127.0.0.1');
  await admin.acl('SETUSER', 'joe', 'on', '>right', '~*', '&*', '+@all');
  admin.disconnect();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const ended = useConnections();

function connection(target: RedisTarget, create = createCommandConnection) {
  const { logger, lines } = createRecordingLogger();
  return { lines, redis: ended(create({ ...target, logger, commandTimeoutMs: 5_000 })) };
}

/** What is told of a connection that can't be made. */
async function toldOf(target: RedisTarget): Promise<string> {
  const { redis, lines } = connection(target);
  connectInBackground(redis);
  await attempts(redis, 1);
  return lines.join('\n');
}

const overTls = (): RedisTarget => ({ url: `rediss://127.0.0.1:${tlsPort}`, ca: authority.cert });

describe('a Redis that asks for a certificate', () => {
  test.each([
    ['commands', createCommandConnection],
    ['subscription', createSubscriberConnection],
  ])('is given the own one (%s)', async (_purpose, create) => {
    const { redis } = connection({ ...overTls(), own }, create);
    await connectPatiently(redis, 5_000);
    expect(await redis.ping()).toBe('PONG');
  });

  test('without one, the log names the settings', async () => {
    const told = await toldOf(overTls());
    expect(told).toContain(
      'if it asks for a certificate, REDIS_CLIENT_CERT_FILE and REDIS_CLIENT_KEY_FILE name one',
    );
  });

  test('one that it doesn’t believe is told', async () => {
    const other = stranger.sign('other', 'DNS:other');
    expect(await toldOf({ ...overTls(), own: other })).toContain(
      'it may know no authority that stands for the certificate in REDIS_CLIENT_CERT_FILE',
    );
  });
});

test('a certificate of another authority than that of REDIS_CA_FILE is told', async () => {
  const told = await toldOf({ ...overTls(), own, ca: stranger.cert });
  expect(told).toContain(
    `no authority that is known here stands for the certificate of 127.0.0.1:${tlsPort}`,
  );
});

test('a certificate for other names is told', async () => {
  const told = await toldOf({ ...overTls(), own, url: `rediss://localhost:${tlsPort}` });
  expect(told).toContain('the certificate is for other names; check the host in REDIS_URL');
});

test('a password that isn’t right is told', async () => {
  const told = await toldOf({
    url: `redis://joe:wrong@127.0.0.1:${server.port}`,
    setting: 'REDIS_DURABLE_URL',
  });
  expect(told).toContain('WRONGPASS');
  expect(told).toContain('check user and password in REDIS_DURABLE_URL');
  expect(told).not.toMatch(/:wrong/);
});

test('a Redis that wants a password says where it belongs', async () => {
  const admin = new Redis(server.port, '127.0.0.1');
  await admin.config('SET', 'requirepass', 'hush');
  try {
    expect(await toldOf({ url: server.url })).toContain(
      'it wants a password, in REDIS_URL as in redis://:password@host',
    );
  } finally {
    await admin.config('SET', 'requirepass', '');
    admin.disconnect();
  }
});

test('a socket that isn’t there is told', async () => {
  expect(await toldOf({ url: `unix://${folder}/none.sock` })).toContain(
    'there is no such socket; check the path in REDIS_URL, and `unixsocket` of Redis',
  );
});

// Who is root may use any.
(process.getuid?.() === 0 ? test.skip : test)('a socket that this user may not use is told', async () => {
  chmodSync(join(folder, 'redis.sock'), 0);
  expect(await toldOf({ url: `unix://${folder}/redis.sock` })).toContain('this user may not use the socket');
});

describe('the own certificate', () => {
  const read = (certFile: string, keyFile: string) => () =>
    readOwnCertificate(
      { setting: 'REDIS_CLIENT_CERT_FILE', path: certFile },
      { setting: 'REDIS_CLIENT_KEY_FILE', path: keyFile },
      (path) => {
        if (path === own.certFile) return own.cert;
        if (path === own.keyFile) return own.key;
        if (path === authority.keyFile) return authority.key;
        if (path === '/hush') return 'hush';
        throw new Error('ENOENT: gone');
      },
    );

  test('is read with its key', () => {
    expect(read(own.certFile, own.keyFile)()).toStrictEqual({ cert: own.cert.trim(), key: own.key });
  });

  test('a key that isn’t its own, or none, is refused', () => {
    expect(read(own.certFile, authority.keyFile)).toThrow('which belongs to another certificate');
    expect(read(own.certFile, '/hush')).toThrow('whose content is no such key; allowed: the private key of');
    expect(read(own.certFile, '/gone')).toThrow(SettingsError);
    expect(read('/hush', own.keyFile)).toThrow('REDIS_CLIENT_CERT_FILE is "/hush"');
  });
});
