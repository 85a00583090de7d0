import { expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { testRedis } from '../src/index.ts';

test('the test run has a real redis-server, and each test a prefix of its own', async () => {
  const first = testRedis();
  expect(testRedis().url).toBe(first.url);
  expect(testRedis().prefix).not.toBe(first.prefix);
  const client = new Redis(first.url);
  await client.set(`${first.prefix}:key`, 'value');
  expect(await client.get(`${first.prefix}:key`)).toBe('value');
  await client.quit();
});

test('without the test run there is a sentence that says what to do', () => {
  const url = process.env['TEST_REDIS_URL'];
  delete process.env['TEST_REDIS_URL'];
  try {
    expect(() => testRedis()).toThrow('run the tests through jest.config.js');
  } finally {
    process.env['TEST_REDIS_URL'] = url;
  }
});
