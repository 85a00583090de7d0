import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { CommandFailures, RedisAwayError, RedisRefusedError } from '../../src/redis/command-failures.ts';
import { connectPatiently, createCommandConnection } from '../../src/redis/connections.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { useConnections } from '../support/redis-connections.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const ended = useConnections();

/** Does nothing, and lets nothing else be done. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function connected(commandTimeoutMs = 5_000) {
  const { logger, lines } = createRecordingLogger();
  const redis = ended(createCommandConnection({ url: server.url, logger, commandTimeoutMs }));
  await connectPatiently(redis, 20_000);
  let closes = 0;
  redis.on('close', () => (closes += 1));
  return { redis, lines, failures: new CommandFailures(redis, logger), closes: () => closes };
}
const failureOf = (asking: Promise<unknown>): Promise<unknown> => asking.catch((error: unknown) => error);

test('a connection stays where an answer was only read late', async () => {
  const { redis, failures, closes } = await connected(100);
  const asked = failureOf(redis.ping());
  block(300);
  const error = await asked;
  expect(error).toMatchObject({ message: 'Command timed out' });
  expect(failures.handle('it', error)).toBeInstanceOf(RedisAwayError);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(closes()).toBe(0);
});

test('a connection on which nothing comes is made anew, and that only', async () => {
  const [one, other] = [await connected(100), await connected(100)];
  server.pause();
  one.failures.handle('it', await failureOf(one.redis.ping()));
  await eventually(() => {
    expect(one.closes()).toBe(1);
  });
  server.resume();
  await eventually(async () => {
    expect(await one.redis.ping()).toBe('PONG');
  });
  expect(other.closes()).toBe(0);
});

test('what Redis refuses is told apart from silence, and logged once until it works again', async () => {
  const { redis, failures, lines, closes } = await connected();
  await redis.set('text', 'no list');
  const refuse = async (): Promise<unknown> =>
    failures.handle(`text can't be read`, await failureOf(redis.llen('text')));
  const refused = await refuse();
  expect(refused).toBeInstanceOf(RedisRefusedError);
  expect(refused).toMatchObject({
    code: 'redis-refused',
    message: expect.stringMatching(/^text can't be read: Redis says WRONGTYPE/),
  });
  await refuse();
  failures.clear(`text can't be read`);
  await refuse();
  expect(
    lines.filter((line) => line.startsWith(`warn text can't be read: Redis says WRONGTYPE`)),
  ).toHaveLength(2);
  expect(closes()).toBe(0);
});

test('a Redis that lets nobody in refuses, until it does', async () => {
  const { redis: admin } = await connected();
  const { logger, lines } = createRecordingLogger();
  const url = server.url.replace('//', '//reader:word@');
  const redis = ended(createCommandConnection({ url, logger, commandTimeoutMs: 300 }));
  const failures = new CommandFailures(redis, logger);
  const asked = async (): Promise<unknown> => failures.handle('it', await failureOf(redis.ping()));
  await connectPatiently(redis, 20_000);
  const refused = await asked();
  expect(refused).toBeInstanceOf(RedisRefusedError);
  expect(refused).toMatchObject({ message: expect.stringMatching(/^it: Redis says WRONGPASS/) });
  expect(lines).toStrictEqual([expect.stringContaining('WRONGPASS')]);
  await admin.call('ACL', 'SETUSER', 'reader', 'on', '>word', '+@all', '~*');
  await eventually(async () => {
    expect(await redis.ping()).toBe('PONG');
  });
  await server.stop();
  expect(await asked()).toBeInstanceOf(RedisAwayError);
  await server.start();
});

test('a Redis that only starts is away for now', async () => {
  const { redis, failures } = await connected();
  const loading = `return redis.error_reply('LOADING Redis is loading the dataset in memory')`;
  expect(failures.handle('it', await failureOf(redis.eval(loading, 0)))).toBeInstanceOf(RedisAwayError);
});
