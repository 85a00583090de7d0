import { describe, expect, test } from '@jest/globals';
import { RANGES } from '../../src/data/view.ts';
import { RANGE_MS, refreshMsOf, spanOf, stepSecondsOf, walked, zoomed } from '../../src/model/chart-span.ts';

const NOW = Date.parse('2026-11-30T14:05:00Z');
const HOUR = 3_600_000;

describe('which time a range is', () => {
  test.each(RANGES)('%s ends now', (range) => {
    expect(spanOf(range, null, NOW)).toStrictEqual({ fromMs: NOW - RANGE_MS[range], toMs: NOW });
  });

  test('a moment stands in its middle', () => {
    const at = NOW - 48 * HOUR;
    expect(spanOf('24h', at, NOW)).toStrictEqual({ fromMs: at - 12 * HOUR, toMs: at + 12 * HOUR });
  });

  test('also one that is just over; of one to come the end is now', () => {
    const at = NOW - HOUR;
    expect(spanOf('24h', at, NOW)).toStrictEqual({ fromMs: at - 12 * HOUR, toMs: at + 12 * HOUR });
    expect(spanOf('24h', NOW + 99 * HOUR, NOW)).toStrictEqual({ fromMs: NOW - 24 * HOUR, toMs: NOW });
  });
});

test.each([
  ['24h', 300],
  ['7d', 1_800],
  ['30d', 7_200],
] as const)('%s is asked for in steps of which least and greatest are kept', (range, seconds) => {
  expect(stepSecondsOf(spanOf(range, null, NOW))).toBe(seconds);
});

test('minutes, and a part of a day, are asked for as fine as can be', () => {
  expect(stepSecondsOf(spanOf('15m', null, NOW))).toBeUndefined();
  expect(stepSecondsOf({ fromMs: NOW - 5 * HOUR, toMs: NOW })).toBeUndefined();
  expect(stepSecondsOf({ fromMs: NOW - 90 * 24 * HOUR, toMs: NOW })).toBe(7_200);
});

describe('a walk', () => {
  test('to earlier begins where what was shown ended before, and to later leads back to now', () => {
    const earlier = walked('24h', null, -1, NOW);
    expect(earlier).toBe(NOW - 36 * HOUR);
    expect(spanOf('24h', earlier, NOW)).toStrictEqual({ fromMs: NOW - 48 * HOUR, toMs: NOW - 24 * HOUR });
    expect(walked('24h', earlier, 1, NOW)).toBeNull();
    expect(walked('24h', NOW - 100 * HOUR, 1, NOW)).toBe(NOW - 76 * HOUR);
  });

  test('never leads beyond now', () => {
    expect(walked('7d', NOW - 8 * 24 * HOUR, 1, NOW)).toBeNull();
  });
});

test('what is drawn over is a time in either direction, unless it is too little to be meant', () => {
  expect(zoomed(NOW, NOW - HOUR)).toStrictEqual({ fromMs: NOW - HOUR, toMs: NOW });
  expect(zoomed(NOW, NOW + 59_000)).toBeNull();
});

test('the newest is asked for with each step, but never each second', () => {
  expect([1, 30, 300, 86_400].map(refreshMsOf)).toStrictEqual([10_000, 30_000, 300_000, HOUR]);
});
