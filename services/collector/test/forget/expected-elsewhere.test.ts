import { afterEach, expect, test } from '@jest/globals';
import { createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { systemClock } from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { ExpectedElsewhere } from '../../src/forget/index.ts';
import { storeServer } from '../support/stored.ts';

const HOUR_MS = 3_600_000;
const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

test('is told once, when another server is there that isn’t gone', async () => {
  const { url, prefix } = testRedis();
  const redis = new Redis(url);
  const names = redisNames(prefix);
  const log = createLogRecorder();
  await redis.ping();
  await storeServer(redis, names, 'main', 0);
  await storeServer(redis, names, 'gone', 25 * HOUR_MS);
  let looks = 0;
  const part = new ExpectedElsewhere({
    redis,
    names,
    clock: {
      ...systemClock,
      monotonicMs: () => {
        looks += 1;
        return systemClock.monotonicMs();
      },
    },
    logger: log.logger,
    servers: () => ['main'],
    matches: () => ['cam/entrance', 'studio/*'],
    lookMs: 5,
  });
  endings.push(() => {
    part.stop();
    redis.disconnect();
  });
  part.start();
  const looked = async (): Promise<void> => {
    const before = looks;
    await eventually(() => {
      expect(looks).toBeGreaterThan(before + 10);
    });
  };
  await looked();
  expect(log.lines).toStrictEqual([]);
  await storeServer(redis, names, 'north', 23 * HOUR_MS);
  await eventually(() => {
    expect(log.lines).toHaveLength(1);
  });
  expect(log.lines[0]).toMatchObject({
    level: 'warn',
    message:
      'MONITOR_CONFIG expects "cam/entrance", "studio/*" without servers, and there are other servers (north): a ' +
      'collector that reads the same file expects it there, too. ' +
      'Write servers: [main], or the ids of all that it is about',
  });
});
