import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Alarm } from '../../src/feed/alarm.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** An alarm that was started, and when it rang. `next` is what each ring says. */
function started(next: () => number, maxWaitMs = 60_000) {
  const beganMs = performance.now();
  const rings: number[] = [];
  const alarm = new Alarm({
    clock: { monotonicMs: () => performance.now() },
    maxWaitMs,
    work: () => {
      rings.push(performance.now() - beganMs);
      return next();
    },
  });
  alarm.start();
  return { alarm, rings };
}

test('rings when something is due, and not in between', () => {
  const due = [6_000, 24_000, Infinity];
  const { rings } = started(() => due.shift() ?? Infinity);
  jest.advanceTimersByTime(59_999);
  expect(rings).toStrictEqual([0, 6_000, 30_000]);
});

test('rings by the earliest of all that becomes due; what is due later puts nothing off', () => {
  const { alarm, rings } = started(() => 6_000);
  alarm.ringWithin(9_000);
  alarm.ringWithin(500.2);
  alarm.ringWithin(700);
  jest.advanceTimersByTime(6_501);
  expect(rings).toStrictEqual([0, 501, 6_501]);
});

test('waits no longer than it may, and never for nothing', () => {
  const { rings } = started(() => Infinity, 1_000);
  jest.advanceTimersByTime(2_000);
  expect(rings).toStrictEqual([0, 1_000, 2_000]);
  const eager = started(() => -5);
  jest.advanceTimersByTime(3);
  expect(eager.rings).toStrictEqual([0, 1, 2, 3]);
});

test('rings neither before its start nor after its end', () => {
  const { alarm, rings } = started(() => 100);
  alarm.stop();
  alarm.ringWithin(1);
  jest.advanceTimersByTime(1_000);
  expect(rings).toStrictEqual([0]);
});
