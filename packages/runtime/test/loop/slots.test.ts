import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createSlots } from '../../src/loop/slots.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Time until the next slot, when it is so late. */
function untilNextAt(iso: string, intervalSeconds: number): number {
  jest.setSystemTime(Date.parse(iso));
  return createSlots(intervalSeconds, () => Date.now()).untilNextMs();
}

test.each([
  ['2026-01-01T00:00:00.000Z', 2, 2_000],
  ['2026-01-01T00:00:00.001Z', 2, 1_999],
  ['2026-01-01T00:00:01.999Z', 2, 1],
  ['2026-01-01T00:00:59.500Z', 2, 500],
  ['2026-12-31T23:59:59.900Z', 1, 100],
  ['2026-01-01T00:00:29.000Z', 60, 31_000],
  ['2026-01-01T00:00:41.000Z', 20, 19_000],
])('at %s with an interval of %i s the next slot is %i ms away', (iso, intervalSeconds, ms) => {
  expect(untilNextAt(iso, intervalSeconds)).toBe(ms);
});

test('every divisor of a minute has its slots at its multiples', () => {
  for (const seconds of [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]) {
    for (const ms of [0, 1, 333, 21_500, 59_999]) {
      const iso = new Date(Date.parse('2027-02-28T23:59:00.000Z') + ms).toISOString();
      expect([seconds, ms, untilNextAt(iso, seconds)]).toStrictEqual([
        seconds,
        ms,
        seconds * 1_000 - (ms % (seconds * 1_000)),
      ]);
    }
  }
});

test.each([
  // Both ends of summer time in Berlin, the half hour of Lord Howe, the day that Samoa left out, long ago and far ahead.
  '2026-03-29T00:59:59.500Z',
  '2026-10-25T00:59:59.500Z',
  '2026-10-25T01:59:59.500Z',
  '2026-04-04T14:59:59.500Z',
  '2011-12-30T09:59:59.500Z',
  '1970-01-01T00:00:01.500Z',
  '1901-12-13T20:45:51.500Z',
  '2126-02-28T23:59:59.500Z',
])('local time plays no part at %s', (iso) => {
  expect(untilNextAt(iso, 2)).toBe(500);
});

test.each([-94_608_000_000, -3_000, -1, 0, 1, 3_000, 94_608_000_000])(
  'slots stay where they are when the clock is set by %i ms later',
  (stepMs) => {
    jest.setSystemTime(Date.parse('2026-01-01T00:00:00.500Z'));
    const slots = createSlots(2, () => Date.now());
    jest.setSystemTime(Date.now() + stepMs);
    expect(slots.untilNextMs()).toBe(2_000 - (Date.now() % 2_000));
  },
);
