import { expect, test } from '@jest/globals';
import { RedisOutages } from '../../src/redis/outages.ts';

const COMMANDS = { setting: 'REDIS_URL', purpose: 'commands' };
const SUBSCRIPTION = { setting: 'REDIS_URL', purpose: 'subscription' };
const DURABLE = { setting: 'REDIS_DURABLE_URL', purpose: 'events' };

function create() {
  let passedMs = 0;
  const outages = new RedisOutages({
    wallMs: () => Date.UTC(2026, 10, 29, 2, 17, 3, 456) + passedMs,
    monotonicMs: () => passedMs,
  });
  const pass = (seconds: number): void => void (passedMs += 1_000 * seconds);
  return { outages, pass };
}

test('nothing is said while all is well', () => {
  const { outages } = create();
  expect(outages.describe()).toBe('');
  outages.ready(COMMANDS);
  expect(outages.describe()).toBe('');
});

test('a Redis that was not there yet is not reached, and then back', () => {
  const { outages, pass } = create();
  outages.lost(COMMANDS, 'ECONNREFUSED');
  expect(outages.describe()).toBe('Redis not reached since 2026-11-29T02:17:03Z: ECONNREFUSED');
  pass(10);
  outages.ready(COMMANDS);
  expect(outages.describe()).toBe('Redis back since 2026-11-29T02:17:13Z');
});

test('an outage counts from the first connection that is lost to the last that is back', () => {
  const { outages, pass } = create();
  outages.ready(COMMANDS);
  outages.ready(SUBSCRIPTION);
  outages.lost(SUBSCRIPTION, 'connection closed');
  pass(5);
  outages.lost(COMMANDS, 'connection closed');
  pass(5);
  outages.lost(SUBSCRIPTION, 'ECONNREFUSED');
  expect(outages.describe()).toBe('Redis lost since 2026-11-29T02:17:03Z: ECONNREFUSED');
  outages.ready(SUBSCRIPTION);
  expect(outages.describe()).toBe('Redis lost since 2026-11-29T02:17:08Z: connection closed');
  pass(5);
  outages.ready(COMMANDS);
  expect(outages.describe()).toBe('Redis back since 2026-11-29T02:17:18Z');
});

test('its end is told for an hour', () => {
  const { outages, pass } = create();
  outages.lost(COMMANDS, 'ECONNREFUSED');
  outages.ready(COMMANDS);
  pass(3_600);
  expect(outages.describe()).toBe('Redis back since 2026-11-29T02:17:03Z');
  pass(1);
  expect(outages.describe()).toBe('');
});

test('of several connections to the same Redis the first that is lost is news, and the last that is back', () => {
  const { outages } = create();
  expect(outages.ready(COMMANDS)).toBe(false);
  expect([outages.lost(COMMANDS, 'a'), outages.lost(SUBSCRIPTION, 'a')]).toStrictEqual([true, false]);
  expect([outages.lost(COMMANDS, 'b'), outages.lost(DURABLE, 'c')]).toStrictEqual([false, true]);
  expect([outages.ready(SUBSCRIPTION), outages.ready(DURABLE), outages.ready(COMMANDS)]).toStrictEqual([
    false,
    true,
    true,
  ]);
});
