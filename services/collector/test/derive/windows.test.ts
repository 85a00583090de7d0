import { describe, expect, test } from '@jest/globals';
import {
  addCounts,
  addValue,
  type CountersWindow,
  growth,
  growthPerSecond,
  NO_COUNTERS,
  NO_VALUES,
  percentiles,
  type ValueSample,
} from '../../src/derive/windows.ts';

type Step = readonly [atMs: number, ...counts: (number | null)[]];
const windowOf = (...steps: Step[]): CountersWindow =>
  steps.reduce<CountersWindow>((window, [atMs, ...counts]) => addCounts(window, counts, atMs), NO_COUNTERS);
const times = (window: readonly { readonly atMs: number }[]) => window.map((sample) => sample.atMs);

describe('the counters of the last 30 s', () => {
  test('a sample is kept at exactly 30 s, and goes just after', () => {
    expect(times(windowOf([0, 1], [2_000, 2], [30_000, 3]))).toEqual([0, 2_000, 30_000]);
    expect(times(windowOf([0, 1], [2_000, 2], [30_001, 3]))).toEqual([2_000, 30_001]);
    expect(times(windowOf([0, 1], [2_000, 2], [90_000, 3]))).toEqual([90_000]);
  });

  test('growth is from the oldest sample in the window, each count by itself', () => {
    const window = windowOf([0, 100, 5], [15_000, 400, 5], [30_000, 1_000, 17]);
    expect(growth(window, 0)).toBe(900);
    expect(growth(window, 1)).toBe(12);
    const later = addCounts(window, [1_500, 18], 45_000);
    expect(growth(later, 0)).toBe(1_100);
    expect(growth(later, 1)).toBe(13);
  });

  test('one count that falls begins all anew', () => {
    const window = windowOf([0, 100, 5], [2_000, 200, 6], [4_000, 300, 0]);
    expect(window).toEqual([{ atMs: 4_000, counts: [300, 0] }]);
    expect(growth(window, 0)).toBe(0);
    expect(growth(addCounts(window, [350, 2], 6_000), 0)).toBe(50);
  });

  test('a count that isn’t told leaves it empty, and it begins anew after', () => {
    const window = windowOf([0, 100, 5], [2_000, 200, null]);
    expect(window).toEqual([]);
    expect(growth(window, 0)).toBe(0);
    expect(growth(windowOf([0, 100], [2_000, null], [4_000, 500]), 0)).toBe(0);
  });

  test('equal counts are no fall', () => {
    expect(windowOf([0, 7], [2_000, 7], [4_000, 7])).toHaveLength(3);
  });

  test('growth per second is over the time the samples span', () => {
    expect(growthPerSecond(windowOf([1_000, 10], [21_000, 15]), 0)).toBe(0.25);
    expect(growthPerSecond(windowOf([0, 10], [15_000, 15], [45_000, 45]), 0)).toBe(1);
    expect(growthPerSecond(windowOf([0, 10], [2_000, 10]), 0)).toBe(0);
    expect(growthPerSecond(windowOf([0, 10]), 0)).toBeNull();
    expect(growthPerSecond(windowOf([5, 10], [5, 20]), 0)).toBeNull();
    expect(growthPerSecond(NO_COUNTERS, 0)).toBeNull();
  });

  test('the window that was is left as it was', () => {
    const before = windowOf([0, 1], [29_000, 2]);
    const copy = structuredClone(before);
    addCounts(before, [3], 40_000);
    expect(before).toEqual(copy);
  });
});

describe('the values of the last 60 s', () => {
  const values = (...steps: (readonly [atMs: number, value: number | null])[]) =>
    steps.reduce<readonly ValueSample[]>((all, [atMs, value]) => addValue(all, value, atMs), NO_VALUES);

  test('a value is kept at exactly 60 s, and goes just after', () => {
    expect(times(values([0, 1], [60_000, 2]))).toEqual([0, 60_000]);
    expect(times(values([0, 1], [60_001, 2]))).toEqual([60_001]);
  });

  test('an unknown value adds nothing, but time goes on', () => {
    expect(values([0, 1], [2_000, null], [4_000, 3])).toEqual([
      { atMs: 0, value: 1 },
      { atMs: 4_000, value: 3 },
    ]);
    expect(values([0, 1], [60_001, null])).toEqual([]);
  });
});

describe('percentiles', () => {
  const samples = (...values: number[]) => values.map((value, index) => ({ atMs: index, value }));

  test('are null below 10 samples', () => {
    expect(percentiles(samples(1, 2, 3, 4, 5, 6, 7, 8, 9), 50, 95)).toEqual([null, null]);
    expect(percentiles([], 50)).toEqual([null]);
  });

  test('are by nearest rank, in any order of the samples', () => {
    // Of 10: rank ceil(5) = 5th, ceil(9.5) = 10th.
    expect(percentiles(samples(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 50, 95, 100)).toEqual([5, 10, 10]);
    // Of 11: rank ceil(5.5) = 6th, ceil(10.45) = 11th.
    expect(percentiles(samples(0, 100, 2, 30, 4, 5, 6, 7, 8, 9, 10), 50, 95)).toEqual([7, 100]);
    // Of 20: 10th and 19th.
    expect(percentiles(samples(...Array.from({ length: 20 }, (_, index) => index + 1)), 50, 95)).toEqual([
      10, 19,
    ]);
    // Of 31, a minute's worth: ceil(15.5) = 16th and ceil(29.45) = 30th.
    expect(percentiles(samples(...Array.from({ length: 31 }, (_, index) => 31 - index)), 50, 95)).toEqual([
      16, 30,
    ]);
  });

  test('compare as numbers, not as text', () => {
    expect(percentiles(samples(9, 10, 100, 9, 9, 9, 9, 9, 9, 9), 95)).toEqual([100]);
  });
});
