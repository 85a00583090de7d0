import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import { RedisAwayError } from '../../src/redis/command-failures.ts';
import { connectPatiently, createCommandConnection } from '../../src/redis/connections.ts';
import { assertConnected, createScriptRunner } from '../../src/redis/script-runner.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { useConnections } from '../support/redis-connections.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const ended = useConnections();
const SCRIPT = `return { KEYS[1], KEYS[2], ARGV[1] }`;

async function connected(commandTimeoutMs = 20_000): Promise<Redis> {
  const { logger } = createRecordingLogger();
  const redis = ended(createCommandConnection({ url: server.url, logger, commandTimeoutMs }));
  await connectPatiently(redis, 20_000);
  return redis;
}

test('a script runs on its keys, whether Redis knows it or has forgotten it', async () => {
  const redis = await connected();
  const run = createScriptRunner(redis, SCRIPT);
  for (const arg of ['1', '2']) expect(await run(['a', 'b'], [arg])).toStrictEqual(['a', 'b', arg]);
  await redis.script('FLUSH');
  expect(await run(['a', 'b'], ['3'])).toStrictEqual(['a', 'b', '3']);
});

test('what Redis refuses is thrown, and the connection stays', async () => {
  const redis = await connected();
  let closes = 0;
  redis.on('close', () => (closes += 1));
  await expect(createScriptRunner(redis, 'return redis.error_reply("no")')([], [])).rejects.toThrow('no');
  expect(await redis.ping()).toBe('PONG');
  expect(closes).toBe(0);
});

test('a connection that doesn’t answer is made anew', async () => {
  const redis = await connected(200);
  let closes = 0;
  redis.on('close', () => (closes += 1));
  const run = createScriptRunner(redis, SCRIPT);
  server.pause();
  await expect(run(['a', 'b'], ['1'])).rejects.toThrow('timed out');
  await eventually(() => {
    expect(closes).toBeGreaterThan(0);
  });
  server.resume();
  await eventually(async () => {
    expect(await run(['a', 'b'], ['2'])).toStrictEqual(['a', 'b', '2']);
  });
});

test('only a connection that stands passes as connected', async () => {
  const redis = await connected();
  const check = (): void => {
    assertConnected(redis);
  };
  expect(check).not.toThrow();
  redis.disconnect();
  await eventually(() => {
    expect(check).toThrow(RedisAwayError);
  });
});
