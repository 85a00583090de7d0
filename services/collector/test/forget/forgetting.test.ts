import { afterEach, expect, test } from '@jest/globals';
import { createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { systemClock } from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { Forgetting } from '../../src/forget/index.ts';
import { storeServer } from '../support/stored.ts';

const DAY_MS = 86_400_000;
const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

async function started() {
  const { url, prefix } = testRedis();
  const redis = new Redis(url);
  const names = redisNames(prefix);
  const log = createLogRecorder();
  await redis.ping();
  const part = new Forgetting({
    redis,
    durable: redis,
    names,
    clock: systemClock,
    logger: log.logger,
    afterMs: 7 * DAY_MS,
    // Much longer than those that publish take, also on a busy machine.
    lookMs: 400,
  });
  part.start();
  endings.push(() => {
    part.stop();
    redis.disconnect();
  });
  return { redis, names, lines: () => log.lines.map(({ message }) => message) };
}

test('a server that has been silent for longer is forgotten, one that publishes or was there lately is not', async () => {
  const { redis, names, lines } = await started();
  let seq = 0;
  // Its clock is a year behind, but it publishes.
  const publish = setInterval(() => {
    seq += 1;
    storeServer(redis, names, 'behind', 365 * DAY_MS, { seq }).catch(() => undefined);
  }, 5);
  endings.push(() => {
    clearInterval(publish);
  });
  await storeServer(redis, names, 'lately', 6 * DAY_MS);
  await storeServer(redis, names, 'old', 8 * DAY_MS);
  await eventually(async () => {
    expect(await redis.hkeys(names.servers)).not.toContain('old');
  });
  expect(await redis.exists(names.streamsMeta('old'), names.latest('streams', 'old'))).toBe(0);
  await storeServer(redis, names, 'old', 8 * DAY_MS, { seq: 2 });
  await eventually(async () => {
    expect(await redis.hkeys(names.servers)).not.toContain('old');
  });
  expect((await redis.hkeys(names.servers)).sort()).toStrictEqual(['behind', 'lately']);
  // It is told when all of it is gone.
  await eventually(() => {
    expect(lines()).toStrictEqual(
      Array(2).fill('server old has published nothing for 8 days and is forgotten'),
    );
  });
});

test('what Redis refuses is told once', async () => {
  const { redis, names, lines } = await started();
  await redis.set(names.servers, 'no hash');
  await eventually(() => {
    expect(lines()).toStrictEqual([
      expect.stringMatching(/^servers that are gone can't be forgotten: WRONGTYPE/),
    ]);
  });
  await redis.del(names.servers);
  await storeServer(redis, names, 'old', 8 * DAY_MS);
  await eventually(() => {
    expect(lines().at(-1)).toContain('is forgotten');
  });
  expect(lines()).toHaveLength(2);
});
