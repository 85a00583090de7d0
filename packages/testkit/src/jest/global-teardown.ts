/** After a test run: ends the redis-server that `globalSetup` started. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.testRedisServer?.stop();
}
