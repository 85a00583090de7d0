import { startRedisServer, type RedisServer } from '../redis-server.ts';
import { TEST_REDIS_URL } from '../test-redis.ts';

declare global {
  var testRedisServer: RedisServer | undefined;
}

/** Before a test run: one redis-server for all test files. */
export default async function globalSetup(): Promise<void> {
  globalThis.testRedisServer = await startRedisServer();
  process.env[TEST_REDIS_URL] = globalThis.testRedisServer.url;
}
