import { afterAll, expect, test } from '@jest/globals';
import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { RedisPublisher, type Publication } from '../../src/publish/index.ts';

const CONTENT: Publication = {
  head: {
    server: 'main',
    collectedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 2_000,
    simulated: false,
    source: { status: 'up', error: null, version: null },
    missing: [],
    totals: { streams: 0, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
  },
  about: {},
  attention: null,
  streams: [],
  connections: [],
  gone: null,
};
const HOUR_MS = 3_600_000;

const { url, prefix } = testRedis();
const clock = createFakeClock();
const redis = new Redis(url);
afterAll(() => {
  redis.disconnect();
});

test.each([
  ['cut', (json: string) => json.slice(0, -1)],
  ['no JSON', (json: string) => json.replace('{', '{"seq":,,')],
  ['of another topic', (json: string) => json.replace('"streams"', '"connections"')],
  ['of another version', (json: string) => json.replace('"v":1', '"v":2')],
  ['numbered beyond all bounds', (json: string) => json.replace(/"seq":\d+/, '"seq":9007199254740991')],
])('a head of a newer epoch that is %s stops no collector, before or later', async (what, spoilt) => {
  const names = redisNames(`${prefix}-${what.replaceAll(' ', '-')}`);
  const key = names.streamsMeta('main');
  const publisher = new RedisPublisher({
    redis,
    names,
    server: 'main',
    clock,
    commandTimeoutMs: 30_000,
    role: 'take-over',
  });
  const publish = async (): Promise<string> => (await publisher.publish(CONTENT, Buffer.from('[]'))).outcome;
  const stored = async (): Promise<unknown> => JSON.parse((await redis.get(key)) ?? 'null');
  const leave = async (aheadMs: number): Promise<number> => {
    const [seconds] = await redis.time();
    const epoch = Number(seconds) * 1_000 + aheadMs;
    const numbered = { type: 'streams', v: 1, server: 'main', epoch, seq: 9 };
    const head = { ...numbered, ...CONTENT.head, publishedAt: CONTENT.head.collectedAt };
    await redis.set(key, spoilt(JSON.stringify(head)));
    return epoch;
  };
  const before = await leave(HOUR_MS);
  await publisher.prepare();
  expect(await publish()).toBe('published');
  expect(await stored()).toMatchObject({ epoch: before + 1, seq: 1 });
  const later = await leave(2 * HOUR_MS);
  // As long as whoever left it may live.
  for (let tick = 0; tick < 6; tick += 1) expect(await publish()).toBe('superseded');
  expect(await publisher.prepare()).not.toBeNull();
  expect(await publish()).toBe('published');
  expect(await stored()).toMatchObject({ epoch: later + 1, seq: 1 });
});
