import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, freePort, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import {
  connectInBackground,
  connectPatiently,
  createCommandConnection,
} from '../../src/redis/connections.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { attempts, useConnections } from '../support/redis-connections.ts';

/** Longer than a test may take: what returns within a test didn't wait for this. */
const ENDLESS_MS = 600_000;

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const ended = useConnections();

function connection(url: string): Redis {
  const { logger } = createRecordingLogger();
  return ended(createCommandConnection({ url, logger, commandTimeoutMs: ENDLESS_MS }));
}

describe('connectPatiently', () => {
  test('resolves when the connection is there', async () => {
    const redis = connection(server.url);
    await connectPatiently(redis, ENDLESS_MS);
    expect(redis.status).toBe('ready');
    expect(await redis.ping()).toBe('PONG');
  });

  test('resolves when the connection is refused, and goes on trying', async () => {
    const port = await freePort();
    const redis = connection(`redis://127.0.0.1:${port}`);
    await connectPatiently(redis, ENDLESS_MS);
    expect(redis.status).not.toBe('ready');
    await attempts(redis, 2);
  });

  test('resolves when its patience ends, and goes on trying', async () => {
    server.pause();
    const redis = connection(server.url);
    try {
      await connectPatiently(redis, 50);
      expect(redis.status).not.toBe('ready');
    } finally {
      server.resume();
    }
    expect(await eventually(() => redis.ping())).toBe('PONG');
  });

  test('resolves when the other side never says a word', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    const redis = connection(`redis://127.0.0.1:${address.port}`);
    await connectPatiently(redis, 50);
    expect(redis.status).not.toBe('ready');
    mute.close();
  });

  test('resolves on a connection that is there already', async () => {
    const redis = connection(server.url);
    await connectPatiently(redis, ENDLESS_MS);
    await connectPatiently(redis, ENDLESS_MS);
    expect(redis.status).toBe('ready');
  });
});

describe('connectInBackground', () => {
  test('returns before the connection is there', async () => {
    const redis = connection(server.url);
    expect(redis.status).toBe('wait');
    connectInBackground(redis);
    expect(redis.status).toBe('connecting');
    expect(await eventually(() => redis.ping())).toBe('PONG');
  });

  test('leaves a refusal to the watcher', async () => {
    const redis = connection(`redis://127.0.0.1:${await freePort()}`);
    connectInBackground(redis);
    await eventually(() => {
      expect(redis.status).toBe('reconnecting');
    });
  });
});
