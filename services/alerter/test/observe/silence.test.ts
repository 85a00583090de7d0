import { beforeEach, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, type FakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { type AlertSubject, redisNames, type RedisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { LiveObserver } from '../../src/observe/index.ts';
import { reason } from '../support/messages.ts';
import { publishedServer, troubled } from '../support/published.ts';
import { isSeen, reasonsOf } from '../support/sight.ts';

const ended = useConnections();
let redis: Redis;
let names: RedisNames;
let clock: FakeClock;
let observer: LiveObserver;
beforeEach(() => {
  const { url, prefix } = testRedis();
  redis = ended(new Redis(url));
  names = redisNames(prefix);
  clock = createFakeClock();
  observer = new LiveObserver({ redis, durable: redis, names, clock, logger: createLogRecorder().logger });
});

const CAM: AlertSubject = { kind: 'stream', server: 'main', stream: 'cam' };
const MAIN: AlertSubject = { kind: 'server', server: 'main' };

test('silence is counted on our own clock, whatever heads and wall clocks say', async () => {
  const server = publishedServer(redis, names);
  await server.publish({ publishedAt: '2001-01-01T00:00:00.000Z' });
  await observer.observe();
  await server.publish({ publishedAt: '2001-01-01T00:00:02.000Z' });
  expect(await observer.observe()).toMatchObject({ freshServers: 1 });
  clock.stepWall(10 * 365 * 86_400_000);
  clock.advance(6_000);
  expect(isSeen(await observer.observe(), MAIN, CAM)).toStrictEqual([true, true]);
  clock.advance(1);
  const silent = await observer.observe();
  expect(silent).toMatchObject({ isRead: true, freshServers: 0 });
  expect(isSeen(silent, MAIN, CAM)).toStrictEqual([false, false]);
});

test('silence leaves nothing that was wrong with streams, and all that was with the server', async () => {
  const server = publishedServer(redis, names);
  const reasons = [reason({ code: 'list-missing', severity: 'warning' })];
  const attention = { count: 1, worst: [troubled('cam')] };
  await server.publish({ reasons, attention });
  await observer.observe();
  await server.publish({ reasons, attention });
  await observer.observe();
  clock.advance(6_001);
  const silent = await observer.observe();
  expect(reasonsOf(silent, CAM)).toBeUndefined();
  expect(reasonsOf(silent, MAIN)).toMatchObject([['list-missing', 'warning', expect.any(Number)]]);
});

test('silence of a minute is an alarm, which has held for as long as we have waited', async () => {
  const server = publishedServer(redis, names);
  await server.publish();
  await observer.observe();
  await server.publish();
  await observer.observe();
  clock.advance(59_999);
  expect(reasonsOf(await observer.observe(), MAIN)).toBeUndefined();
  clock.advance(1);
  expect(reasonsOf(await observer.observe(), MAIN)).toStrictEqual([['no-data', 'critical', 60_000]]);
});

test('silence that Redis’s clock tells at first sight is an alarm, but has not held for us yet', async () => {
  await publishedServer(redis, names).publish({ publishedAt: '2001-01-01T00:00:00.000Z' });
  // For more than a day it is gone.
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  await publishedServer(redis, names, 'quiet').publish({ publishedAt: hourAgo });
  const sight = await observer.observe();
  expect(reasonsOf(sight, { kind: 'server', server: 'quiet' })).toStrictEqual([['no-data', 'critical', 0]]);
  expect(reasonsOf(sight, MAIN)).toBeUndefined();
  expect(isSeen(sight, MAIN)).toStrictEqual([false]);
  clock.advance(20_000);
  expect(reasonsOf(await observer.observe(), { kind: 'server', server: 'quiet' })).toStrictEqual([
    ['no-data', 'critical', 20_000],
  ]);
});

test('silence of an older collector that has taken over is none, once it goes on', async () => {
  const server = publishedServer(redis, names);
  await server.publish({ epoch: 1_767_225_700_000, seq: 900 });
  await observer.observe();
  await server.publish({
    epoch: 1_767_225_600_000,
    seq: 1,
    attention: { count: 1, worst: [troubled('cam')] },
  });
  expect(reasonsOf(await observer.observe(), CAM)).toBeUndefined();
  clock.advance(6_001);
  for (const seq of [2, 3]) {
    await server.publish({
      epoch: 1_767_225_600_000,
      seq,
      attention: { count: 1, worst: [troubled('cam')] },
    });
    await observer.observe();
  }
  expect(reasonsOf(await observer.observe(), CAM)).toBeDefined();
});

test('silence isn’t ended by a straggler: one that is older than what is known', async () => {
  const server = publishedServer(redis, names);
  await server.publish({ seq: 9 });
  await observer.observe();
  await server.publish({ seq: 10 });
  await observer.observe();
  clock.advance(5_000);
  await server.publish({ seq: 8 });
  expect(await observer.observe()).toMatchObject({ freshServers: 1 });
  clock.advance(1_001);
  expect(await observer.observe()).toMatchObject({ freshServers: 0 });
});
