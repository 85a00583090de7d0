import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogRecorder, freePort, testRedis } from '@mediamtx-monitor/testkit';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { redisNames, type SubjectKind } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { loadForgetConfig, runForget } from '../src/forget-command.ts';
import { keysUnder, storeHost, storeServer } from './support/stored.ts';

const MINUTE_MS = 60_000;
const { url, prefix: base } = testRedis();
const redis = new Redis(url);
let keyPrefix = base;
let names = redisNames(keyPrefix);
let count = 0;
beforeEach(() => {
  count += 1;
  keyPrefix = `${base}-${count}`;
  names = redisNames(keyPrefix);
});
afterAll(() => {
  redis.disconnect();
});

async function forget(
  kind: SubjectKind,
  id: string,
  at = url,
): Promise<[code: number, line: string | undefined]> {
  const { logger, lines } = createLogRecorder();
  const code = await runForget({ redis: { url: at, keyPrefix }, durableRedis: null, kind, id, logger });
  return [code, lines.filter(({ level }) => level === 'info' || level === 'error').at(-1)?.message];
}
const keys = () => keysUnder(redis, names, keyPrefix);

describe('a server', () => {
  test('that is gone is removed, and what was is told', async () => {
    await storeServer(redis, names, 'main', 0);
    const others = await keys();
    await storeServer(redis, names, 'old', MINUTE_MS + 1_000);
    const [code, line] = await forget('server', 'old');
    expect(code).toBe(0);
    expect(line).toBe(
      `server "old" is forgotten; removed: ${names.latest('streams', 'old')}, ` +
        `${names.latest('connections', 'old')}, ${names.connectionsGone('old')}, ${names.streamsMeta('old')}, ` +
        `old in ${names.servers}`,
    );
    expect(await keys()).toStrictEqual(others);
  });

  test('that published within the last minute is refused', async () => {
    await storeServer(redis, names, 'main', 30_000);
    const before = await keys();
    expect(await forget('server', 'main')).toStrictEqual([
      1,
      'not forgotten: server "main" is alive: it has just published. Stop what publishes it first',
    ]);
    expect(await keys()).toStrictEqual(before);
  });

  test('whose clock was ahead is watched: refused when it publishes, else removed', async () => {
    await storeServer(redis, names, 'ahead', -365 * 86_400_000);
    let seq = 1;
    const publishing = setInterval(() => {
      seq += 1;
      storeServer(redis, names, 'ahead', -365 * 86_400_000, { seq }).catch(() => undefined);
    }, 10);
    const [refused] = await forget('server', 'ahead');
    clearInterval(publishing);
    await redis.ping();
    expect(refused).toBe(1);
    expect((await forget('server', 'ahead'))[0]).toBe(0);
    expect(await keys()).toStrictEqual([]);
  });

  test('that isn’t there is refused with those that are', async () => {
    const why = 'not forgotten: there is no server "x" in Redis; there is: ';
    expect(await forget('server', 'x')).toStrictEqual([1, `${why}none`]);
    await storeServer(redis, names, 'b', 0);
    await storeServer(redis, names, 'a', 0);
    expect(await forget('server', 'x')).toStrictEqual([1, `${why}a, b`]);
  });
});

test('a host likewise, by Redis’s own time of its newest message', async () => {
  await storeHost(redis, names, 'here', 1_000);
  const others = await keys();
  await storeHost(redis, names, 'old', 2 * MINUTE_MS);
  expect(await forget('host', 'here')).toStrictEqual([1, expect.stringContaining('host "here" is alive')]);
  expect(await forget('host', 'x')).toStrictEqual([
    1,
    expect.stringMatching(/no host "x" in Redis; there is: here, old$/),
  ]);
  expect(await forget('host', 'old')).toStrictEqual([0, expect.stringContaining('host "old" is forgotten')]);
  expect(await keys()).toStrictEqual(others);
});

test('a Redis that isn’t there is told, with an exit code of its own', async () => {
  expect(await forget('server', 'old', `redis://127.0.0.1:${await freePort()}`)).toStrictEqual([
    3,
    'not forgotten: Redis did not do it: it is not connected',
  ]);
});

test('only where Redis is has to be set', () => {
  expect(
    loadForgetConfig({ REDIS_KEY_PREFIX: 'studio', POLL_INTERVAL_SECONDS: 'x' }).values.REDIS_KEY_PREFIX,
  ).toBe('studio');
  expect(() => loadForgetConfig({ REDIS_URL: 'x' })).toThrow(SettingsError);
});
