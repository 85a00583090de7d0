import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import { connectPatiently, createCommandConnection } from '../../src/redis/connections.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { useConnections } from '../support/redis-connections.ts';

/** Longer than a test may take: what fails within a test didn't fail by this. */
const NEVER_MS = 600_000;
const AT_ONCE = /enableOfflineQueue|isn't writeable/;

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const ended = useConnections();

function commandConnection(commandTimeoutMs: number): Redis {
  const { logger } = createRecordingLogger();
  return ended(createCommandConnection({ url: server.url, logger, commandTimeoutMs }));
}

async function connected(commandTimeoutMs: number): Promise<Redis> {
  const redis = commandConnection(commandTimeoutMs);
  await connectPatiently(redis, 20_000);
  expect(redis.status).toBe('ready');
  return redis;
}

async function disconnected(redis: Redis): Promise<void> {
  await server.stop();
  await eventually(() => {
    expect(redis.status).not.toBe('ready');
  });
}

describe('while Redis is down', () => {
  test('a command fails at once, and is not kept for later', async () => {
    const redis = await connected(NEVER_MS);
    await disconnected(redis);
    await expect(redis.set('late', '1')).rejects.toThrow(AT_ONCE);
    await server.start();
    await eventually(() => redis.ping());
    expect(await redis.get('late')).toBeNull();
  });

  test('a command fails at once on a connection that never was', async () => {
    const redis = commandConnection(NEVER_MS);
    await server.stop();
    await connectPatiently(redis, 20_000);
    await expect(redis.ping()).rejects.toThrow(AT_ONCE);
    await server.start();
    expect(await eventually(() => redis.ping())).toBe('PONG');
  });

  test('a command that was on its way fails, and is not sent again', async () => {
    const redis = await connected(NEVER_MS);
    server.pause();
    const onItsWay = redis.set('replayed', '1');
    const failed = expect(onItsWay).rejects.toThrow(/connection|retries/i);
    await server.stop();
    await failed;
    await server.start();
    await eventually(() => redis.ping());
    expect(await redis.get('replayed')).toBeNull();
  });
});

describe('while Redis is paused', () => {
  test('a command fails when its time is up, and the connection works on afterwards', async () => {
    const redis = await connected(300);
    server.pause();
    try {
      await expect(redis.get('key')).rejects.toThrow('Command timed out');
      await expect(redis.get('key')).rejects.toThrow('Command timed out');
      expect(redis.status).toBe('ready');
    } finally {
      server.resume();
    }
    expect(await eventually(() => redis.set('key', 'value'))).toBe('OK');
    expect(await eventually(() => redis.get('key'))).toBe('value');
  });

  test('answers that come late are not taken for those of later commands', async () => {
    const redis = await connected(300);
    await eventually(() => redis.mset('a', 'A', 'b', 'B'));
    server.pause();
    await expect(redis.get('a')).rejects.toThrow('Command timed out');
    server.resume();
    expect(await eventually(() => redis.get('b'))).toBe('B');
    expect(await eventually(() => redis.mget('b', 'a'))).toStrictEqual(['B', 'A']);
  });

  test('a connection attempted meanwhile is there after the pause', async () => {
    const redis = commandConnection(300);
    server.pause();
    try {
      await connectPatiently(redis, 100);
      expect(redis.status).not.toBe('ready');
      await expect(redis.ping()).rejects.toThrow(AT_ONCE);
      // Long enough for the handshake to time out, and for another attempt.
      await eventually(() => {
        expect(['close', 'reconnecting']).toContain(redis.status);
      });
    } finally {
      server.resume();
    }
    expect(await eventually(() => redis.ping())).toBe('PONG');
  });

  test('a connection attempted just before the pause ends is there too', async () => {
    const redis = commandConnection(NEVER_MS);
    server.pause();
    try {
      await connectPatiently(redis, 100);
      expect(redis.status).not.toBe('ready');
    } finally {
      server.resume();
    }
    expect(await eventually(() => redis.ping())).toBe('PONG');
  });
});
