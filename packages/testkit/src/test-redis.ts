import { randomUUID } from 'node:crypto';

/** Environment variable in which the test run's redis-server is handed to the test files. */
export const TEST_REDIS_URL = 'TEST_REDIS_URL';

/** The Redis of a test: its address, and the prefix of all its keys and channels. */
export interface RedisOfTest {
  readonly url: string;
  readonly prefix: string;
}

/** The test run's redis-server and a key prefix that no other test has. */
export function testRedis(): RedisOfTest {
  const url = process.env[TEST_REDIS_URL];
  if (url === undefined) throw new Error('no redis-server: run the tests through jest.config.js');
  return { url, prefix: `test-${randomUUID()}` };
}
