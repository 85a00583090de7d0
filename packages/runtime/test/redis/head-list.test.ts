import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, type RedisCluster, startRedisCluster } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { type RedisClient, systemClock } from '../../src/index.ts';
import { connectPatiently, createCommandConnection } from '../../src/redis/connections.ts';
import { HeadList } from '../../src/redis/head-list.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';

const PATIENCE_MS = 60_000;
const names = redisNames('list', true);

let cluster: RedisCluster;
let redis: RedisClient;
let listener: Redis;
const heard: string[] = [];
beforeAll(async () => {
  cluster = await startRedisCluster();
  const { logger } = createRecordingLogger();
  redis = createCommandConnection({
    url: cluster.url,
    isCluster: true,
    logger,
    commandTimeoutMs: PATIENCE_MS,
  });
  await connectPatiently(redis, PATIENCE_MS);
  listener = new Redis((await cluster.nodeOf(names.servers)).port, '127.0.0.1');
  listener.on('smessage', (_channel: string, message: string) => heard.push(message));
  await listener.ssubscribe(names.servers);
});
afterAll(async () => {
  redis.disconnect();
  listener.disconnect();
  await cluster.stop();
});

const headOf = (epoch: number, seq: number): string => `{"type":"streams","epoch":${epoch},"seq":${seq}}`;

async function put(epoch: number, seq: number, patienceMs = PATIENCE_MS): Promise<string> {
  const head = headOf(epoch, seq);
  const listed = {
    key: names.servers,
    field: 'north',
    head,
    channel: names.servers,
    message: `m${epoch}.${seq}`,
  };
  return new HeadList(redis, systemClock).put({ epoch, seq }, listed, patienceMs);
}

test('a head that is older, or comes too late, is neither listed nor published; one of an absurd epoch gives way', async () => {
  expect(await put(5, 2)).toBe('published');
  expect(await put(5, 1)).toBe('superseded');
  expect(await put(4, 9)).toBe('superseded');
  expect(await put(5, 3, -PATIENCE_MS)).toBe('late');
  expect(await redis.hget(names.servers, 'north')).toBe(headOf(5, 2));
  expect(await put(5, 3)).toBe('published');
  expect(await put(6, 1)).toBe('published');
  await redis.hset(names.servers, 'north', headOf(Date.now() + 10 * 86_400_000, 1));
  expect(await put(7, 1)).toBe('published');
  await eventually(() => {
    expect(heard).toStrictEqual(['m5.2', 'm5.3', 'm6.1', 'm7.1']);
  });
});
