import { expect, test } from '@jest/globals';
import { createCommandConnection } from '@mediamtx-monitor/runtime';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { ConnectionFailures } from '../../src/feed/connection-failures.ts';
import { atEnd, createLines, startFeed } from '../bench.ts';
import { startFreezableProxy } from '../freezable-proxy.ts';
import { happening, numbers } from '../happening.ts';

const ALL = { after: null, before: null, limit: 100, maxEntries: 1_000 } as const;

/** Does nothing, and lets nothing else be done. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function connected(port: number, commandTimeoutMs: number) {
  const { logger } = createLines();
  const redis = createCommandConnection({ url: `redis://127.0.0.1:${port}`, logger, commandTimeoutMs });
  atEnd(() => {
    redis.disconnect();
  });
  await redis.connect();
  return { redis, failures: new ConnectionFailures(redis, logger), id: await redis.client('ID') };
}

test('a read whose answer came while this process was busy has it', async () => {
  const { feed, publisher, lines } = await startFeed();
  await happening({ publisher }, feed).add(numbers(1, 100));
  const before = lines.length;
  const reading = feed.kept.events(
    ALL,
    () => true,
    () => undefined,
  );
  // Its command is out once those who wait for a turn have had it.
  await Promise.resolve();
  block(1_300);
  expect((await reading).items).toHaveLength(100);
  expect(lines.slice(before)).toStrictEqual([]);
});

test('a connection stays where an answer was only read late', async () => {
  const server = await startRedisServer();
  atEnd(() => server.stop());
  const { redis, failures, id } = await connected(Number(new URL(server.url).port), 100);
  const asked = redis.ping();
  block(300);
  const error = await asked.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: 'Command timed out' });
  failures.handle('it', error);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await redis.client('ID')).toBe(id);
});

test('a connection on which nothing comes is made anew', async () => {
  const server = await startRedisServer();
  atEnd(() => server.stop());
  const { port, freeze } = await startFreezableProxy(Number(new URL(server.url).port));
  const { redis, failures, id } = await connected(port, 100);
  freeze();
  failures.handle('it', await redis.ping().catch((reason: unknown) => reason));
  await eventually(async () => {
    expect(await redis.client('ID')).not.toBe(id);
  });
});
