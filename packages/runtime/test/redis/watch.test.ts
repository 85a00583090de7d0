import http from 'node:http';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import {
  connectInBackground,
  connectPatiently,
  createCommandConnection,
  createSubscriberConnection,
} from '../../src/redis/connections.ts';
import { RedisOutages } from '../../src/redis/outages.ts';
import { systemClock } from '../../src/clock.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { attempts, useConnections } from '../support/redis-connections.ts';

const KINDS = [
  ['commands', createCommandConnection],
  ['subscription', createSubscriberConnection],
] as const;
const PASSWORD = 's3cr3t-value';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const printed: unknown[] = [];
beforeEach(() => {
  const print = (...args: unknown[]): void => void printed.push(args);
  for (const method of ['error', 'warn', 'log', 'info'] as const) {
    jest.spyOn(console, method).mockImplementation(print);
  }
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(text) > 0);
});
const ended = useConnections();
afterEach(() => {
  jest.restoreAllMocks();
  // ioredis prints what nobody listens to; nothing may get there.
  expect(printed.splice(0)).toStrictEqual([]);
});

function watched(create: (typeof KINDS)[number][1], url = server.url): { redis: Redis; lines: string[] } {
  const { logger, lines } = createRecordingLogger();
  return { redis: ended(create({ url, logger, commandTimeoutMs: 300 })), lines };
}

const sees = (lines: readonly string[], expected: readonly unknown[]) =>
  eventually(() => {
    expect(lines).toStrictEqual(expected);
  });

describe.each(KINDS)('the watcher of the connection for %s', (_purpose, create) => {
  const connected = expect.stringMatching(/^debug Redis at 127\.0\.0\.1:\d+ \(REDIS_URL\) is connected$/);
  const back = expect.stringMatching(/^info Redis at 127\.0\.0\.1:\d+ \(REDIS_URL\) is back$/);
  const lost = expect.stringMatching(/^warn Redis at .+ \(REDIS_URL\) is lost: .+; trying again/);
  const unreachable = expect.stringMatching(
    /^warn Redis at .+ \(REDIS_URL\) can't be reached: .+; trying again/,
  );

  test('tells each outage once, and its end once', async () => {
    const { redis, lines } = watched(create);
    connectInBackground(redis);
    await sees(lines, [connected]);
    await server.stop();
    await attempts(redis, 4);
    expect(lines).toStrictEqual([connected, lost]);
    await server.start();
    await sees(lines, [connected, lost, back]);
    await server.stop();
    await attempts(redis, 4);
    await server.start();
    await sees(lines, [connected, lost, back, lost, back]);
  });

  test('tells once that Redis was not there at the start, and why', async () => {
    await server.stop();
    const { redis, lines } = watched(create);
    connectInBackground(redis);
    await attempts(redis, 4);
    expect(lines).toStrictEqual([unreachable]);
    expect(lines[0]).toContain('ECONNREFUSED');
    await server.start();
    await sees(lines, [unreachable, back]);
  });

  test('tells once that Redis is paused at the start', async () => {
    server.pause();
    const { redis, lines } = watched(create);
    try {
      connectInBackground(redis);
      await attempts(redis, 2);
      expect(lines).toStrictEqual([unreachable]);
      expect(lines[0]).toContain('Command timed out');
    } finally {
      server.resume();
    }
    await sees(lines, [unreachable, back]);
  });

  test('tells of a refused password, and never the password', async () => {
    const { redis, lines } = watched(create, server.url.replace('//', `//nobody:${PASSWORD}@`));
    connectInBackground(redis);
    await attempts(redis, 3);
    expect(lines).toStrictEqual([unreachable]);
    expect(lines[0]).toContain('WRONGPASS');
    expect(lines[0]).not.toContain(PASSWORD);
  });

  test('tells of a Redis that knows no password, and not what it repeats of it', async () => {
    const without = ['--rename-command', 'AUTH', '', '--rename-command', 'HELLO', ''];
    const other = await startRedisServer(without);
    try {
      const { redis, lines } = watched(create, other.url.replace('//', `//nobody:${PASSWORD}@`));
      connectInBackground(redis);
      await attempts(redis, 3);
      expect(lines).toStrictEqual([unreachable]);
      expect(lines[0]).toContain("unknown command 'auth'");
      expect(lines.join('')).not.toContain(PASSWORD);
    } finally {
      await other.stop();
    }
  });

  test('says nothing when the service itself disconnects', async () => {
    const { redis, lines } = watched(create);
    await connectPatiently(redis, 20_000);
    redis.disconnect();
    await eventually(() => {
      expect(redis.status).toBe('end');
    });
    expect(lines).toStrictEqual([connected]);
  });

  describe('where something else listens, which hangs up without a word', () => {
    let silent: Server;
    beforeEach(async () => {
      silent = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end());
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => {
      silent.close();
    });

    test('tells once that Redis cannot be reached', async () => {
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('no TCP address');
      const { redis, lines } = watched(create, `redis://127.0.0.1:${address.port}`);
      connectInBackground(redis);
      await attempts(redis, 3);
      expect(lines).toStrictEqual([unreachable]);
    });
  });

  test('tells that what answers is no Redis, and which setting to check', async () => {
    const web = http.createServer();
    try {
      await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
      const address = web.address();
      if (address === null || typeof address === 'string') throw new Error('no TCP address');
      const { redis, lines } = watched(create, `redis://127.0.0.1:${address.port}`);
      connectInBackground(redis);
      await attempts(redis, 3);
      expect(lines).toStrictEqual([
        `warn Redis at 127.0.0.1:${address.port} (REDIS_URL) can't be reached: what answers at ` +
          `127.0.0.1:${address.port} isn't Redis; check host and port in REDIS_URL; trying again until it is back`,
      ]);
    } finally {
      web.close();
    }
  });
});

test('of a durable Redis that was never reached it is told what to check, and what waits', async () => {
  const { logger, lines } = createRecordingLogger();
  const options = {
    setting: 'REDIS_DURABLE_URL',
    url: 'redis://127.0.0.1:1',
    commandTimeoutMs: 300,
  } as const;
  const redis = ended(createCommandConnection({ ...options, logger }));
  connectInBackground(redis);
  await attempts(redis, 2);
  expect(lines).toStrictEqual([
    expect.stringMatching(
      /^warn .+ can't be reached: .+; check REDIS_DURABLE_URL; trying again .+; events, sessions and history wait for it$/,
    ),
  ]);
});

test('an outage of several connections to the same Redis is told once, and its end once', async () => {
  const { logger, lines } = createRecordingLogger();
  const outages = new RedisOutages(systemClock);
  const told = (): readonly string[] => lines.filter((line) => !line.startsWith('debug'));
  const connect = (setting: 'REDIS_URL' | 'REDIS_DURABLE_URL', purpose: string): Redis =>
    ended(
      createCommandConnection({ url: server.url, logger, commandTimeoutMs: 300, outages, setting, purpose }),
    );
  await server.stop();
  const connections = ['events', 'history'].map((purpose) => connect('REDIS_DURABLE_URL', purpose));
  connections.push(connect('REDIS_URL', 'events'));
  connections.forEach(connectInBackground);
  await Promise.all(connections.map((redis) => attempts(redis, 2)));
  expect(told().map((line) => /\((.+?)\)/.exec(line)?.[1])).toStrictEqual(['REDIS_DURABLE_URL', 'REDIS_URL']);
  await server.start();
  await eventually(() => {
    expect(connections.map(({ status }) => status)).toStrictEqual(['ready', 'ready', 'ready']);
  });
  expect(told().slice(2).sort()).toStrictEqual([
    expect.stringContaining('(REDIS_DURABLE_URL) is back'),
    expect.stringContaining('(REDIS_URL) is back'),
  ]);
});
