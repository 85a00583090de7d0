import { expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { readBounded } from '../../src/index.ts';
import { useConnections } from '../support/redis-connections.ts';

const ended = useConnections();
const { url, prefix } = testRedis();

async function stored(values: Readonly<Record<string, string>>): Promise<Redis> {
  const redis = ended(new Redis(url));
  for (const [key, value] of Object.entries(values)) await redis.set(`${prefix}:${key}`, value);
  return redis;
}

const read = async (redis: Redis, ...keys: string[]) => {
  const { values, unusable } = await readBounded(
    redis,
    keys.map((key) => `${prefix}:${key}`),
    5,
  );
  return {
    values: values.map((value) => value?.toString() ?? null),
    unusable: [...unusable].map(([key, why]) => `${key.slice(prefix.length + 1)} ${why}`),
  };
};

test('values come in the order of their keys, and what is too long is left out', async () => {
  const redis = await stored({ short: '12345', long: '123456', empty: '' });
  expect(await read(redis, 'short', 'none', 'empty')).toStrictEqual({
    values: ['12345', null, ''],
    unusable: [],
  });
  expect(await read(redis, 'long', 'short')).toStrictEqual({
    values: [null, '12345'],
    unusable: ['long is too long'],
  });
  expect(await read(redis, 'long')).toStrictEqual({ values: [null], unusable: ['long is too long'] });
  expect(await read(redis, 'short')).toStrictEqual({ values: ['12345'], unusable: [] });
});

test('what is no string is left out, alone or among others', async () => {
  const redis = await stored({ text: 'a' });
  await redis.rpush(`${prefix}:list`, 'x');
  expect(await read(redis, 'list', 'text')).toStrictEqual({
    values: [null, 'a'],
    unusable: ['list is no string'],
  });
  expect(await read(redis, 'list')).toStrictEqual({ values: [null], unusable: ['list is no string'] });
});

test('a Redis that doesn’t answer is told', async () => {
  const away = ended(new Redis(url, { lazyConnect: true, enableOfflineQueue: false }));
  away.on('error', () => undefined);
  await expect(readBounded(away, ['a', 'b'], 5)).rejects.toThrow();
});
