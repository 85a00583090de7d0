import { expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { testRedis } from '@mediamtx-monitor/testkit';

test('the test run has a real redis-server, and each test a prefix of its own', async () => {
  const first = testRedis();
  expect(testRedis().prefix).not.toBe(first.prefix);
  const client = new Redis(first.url);
  await client.set(`${first.prefix}:key`, 'value');
  expect(await client.get(`${first.prefix}:key`)).toBe('value');
  await client.quit();
});
