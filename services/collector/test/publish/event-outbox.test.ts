import { afterAll, expect, test } from '@jest/globals';
import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames, type StoredEvent } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { EventOutbox, type StoredChange } from '../../src/publish/index.ts';

const { url, prefix } = testRedis();
const redis = new Redis(url);
afterAll(() => {
  redis.disconnect();
});

const at = (second: number): string => new Date(second * 1_000).toISOString();
const online = (second: number): StoredChange => ({
  event: {
    type: 'stream.online',
    at: at(second),
    server: 'north',
    severity: 'info',
    since: null,
    unseenSince: null,
    cause: null,
    stream: 'cam',
    sourceType: 'srtConn',
    expected: null,
  },
  session: null,
  baseline: { 'stream cam': String(second) },
});

async function eventsIn(key: string): Promise<StoredEvent[]> {
  return (await redis.xrange(key, '-', '+')).map(([, [, json = '']]) => JSON.parse(json) as StoredEvent);
}

test('what is lost, since too much waited, is told in its place; the baseline is as if it had been told', async () => {
  const names = redisNames(prefix);
  await redis.ping();
  const outbox = new EventOutbox({ redis, clock: createFakeClock(), names, server: 'north', owner: 'a' });
  await outbox.begin(5);
  outbox.addChanges(Array.from({ length: 100_001 }, (_each, index) => online(index)));
  expect(await outbox.flush()).toBe('empty');
  const [first, second] = await eventsIn(names.events);
  expect(first).toStrictEqual({
    type: 'events.trimmed',
    at: at(1_000),
    server: 'north',
    severity: 'warning',
    since: at(0),
    unseenSince: null,
    cause: null,
    count: 1_001,
    until: at(1_000),
  });
  expect(second).toStrictEqual(online(1_001).event);
  expect(await redis.xlen(names.events)).toBe(99_001);
  expect(await redis.hget(names.eventBaseline('north'), 'stream cam')).toBe('100000');
  expect(outbox.stats).toMatchObject({ waiting: 0, dropped: 1_001 });
});
