import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { RequestLimit } from '../../src/access/request-limits.ts';

function limitOf(perMinute: number, maxAddresses?: number) {
  const clock = createFakeClock();
  return { clock, limit: new RequestLimit(perMinute, clock.monotonicMs, maxAddresses) };
}

const times = (limit: RequestLimit, address: string, count: number): number[] =>
  Array.from({ length: count }, () => limit.count(address));

test('as many as the limit pass, the next waits until the minute of the first is over', () => {
  const { limit, clock } = limitOf(3);
  expect(limit.count('a')).toBe(0);
  clock.advance(20_000);
  expect(times(limit, 'a', 4)).toStrictEqual([0, 0, 40_000, 40_000]);
  clock.advance(39_999);
  expect(limit.count('a')).toBe(1);
  clock.advance(1);
  expect(times(limit, 'a', 4)).toStrictEqual([0, 0, 0, 60_000]);
});

test('addresses are counted apart', () => {
  const { limit } = limitOf(1);
  expect(['a', 'b', 'a', 'b', 'c'].map((address) => limit.count(address) > 0)).toStrictEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('a step of the wall clock changes nothing', () => {
  const { limit, clock } = limitOf(1);
  limit.count('a');
  clock.stepWall(3_600_000);
  expect(limit.count('a')).toBe(60_000);
});

test('past the most addresses the one that began first is forgotten, and only that', () => {
  const { limit, clock } = limitOf(1, 3);
  for (const address of ['a', 'b', 'c']) {
    limit.count(address);
    clock.advance(1_000);
  }
  limit.count('d');
  expect(['b', 'c', 'd'].map((address) => limit.count(address))).toStrictEqual([58_000, 59_000, 60_000]);
  expect(limit.count('a')).toBe(0);
  // That was a new beginning, for which b went.
  expect(['c', 'd', 'a'].map((address) => limit.count(address) > 0)).toStrictEqual([true, true, true]);
});

test('minutes that are over make room before others have to', () => {
  const { limit, clock } = limitOf(1, 3);
  for (const address of ['a', 'b']) limit.count(address);
  clock.advance(59_000);
  limit.count('c');
  clock.advance(1_000);
  for (const address of ['d', 'e']) limit.count(address);
  expect(['c', 'd', 'e'].map((address) => limit.count(address) > 0)).toStrictEqual([true, true, true]);
});

test('what costs more counts as more', () => {
  const { limit } = limitOf(20);
  expect(limit.count('a', 15)).toBe(0);
  expect(limit.count('a', 5)).toBe(0);
  expect(limit.count('a')).toBe(60_000);
});
