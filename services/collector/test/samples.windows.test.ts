import { describe, expect, test } from '@jest/globals';
import {
  addCounts,
  addValue,
  type CountersWindow,
  growth,
  growthPerSecond,
  percentiles,
  type ValuesWindow,
} from '../src/samples.ts';

type CountsStep = readonly [atMs: number, ...counts: (number | null)[]];
const windowOf = (...steps: CountsStep[]): CountersWindow =>
  steps.reduce<CountersWindow>((window, [atMs, ...counts]) => addCounts(window, counts, atMs), null);
const growthOf = (...steps: CountsStep[]) => growth(windowOf(...steps));

describe('the counters of the last 30 s', () => {
  test('a sample counts at exactly 30 s, and no more just after', () => {
    expect(growthOf([0, 1], [2_000, 10], [30_000, 100])).toStrictEqual([99]);
    expect(growthOf([0, 1], [2_000, 10], [30_001, 100])).toStrictEqual([90]);
    expect(growthOf([0, 1], [2_000, 10], [90_000, 100])).toStrictEqual([0]);
  });

  test('growth is from the oldest sample in the window, each count by itself', () => {
    const steps: CountsStep[] = [
      [0, 100, 5],
      [15_000, 400, 5],
      [30_000, 1_000, 17],
    ];
    expect(growthOf(...steps)).toStrictEqual([900, 12]);
    expect(growthOf(...steps, [45_000, 1_500, 18])).toStrictEqual([1_100, 13]);
  });

  test('the same holds tick after tick, for minutes', () => {
    let window: CountersWindow = null;
    for (let tick = 0; tick <= 200; tick += 1) {
      // Squares: each window's growth is its own.
      window = addCounts(window, [tick * tick], tick * 2_000);
      const oldest = Math.max(0, tick - 15);
      expect(growth(window)).toStrictEqual([tick * tick - oldest * oldest]);
    }
  });

  test('nor do gaps matter', () => {
    let window: CountersWindow = null;
    const times = [0, 1_000, 29_000, 31_000, 59_001, 61_000, 61_001, 95_000, 120_000, 125_000, 200_000];
    times.forEach((atMs, index) => {
      window = addCounts(window, [index], atMs);
      const oldest = times.findIndex((time) => atMs - time <= 30_000);
      expect([atMs, growth(window)]).toStrictEqual([atMs, [index - oldest]]);
    });
  });

  test('what is remembered doesn’t grow for ever', () => {
    let window: CountersWindow = null;
    for (let tick = 0; tick < 1_000; tick += 1) window = addCounts(window, [tick], tick * 2_000);
    // The window is 16 samples long; at most twice as much is kept.
    expect(JSON.stringify(window).match(/atMs/g)?.length).toBeLessThanOrEqual(32);
    expect(window?.rows.length).toBeLessThanOrEqual(2 * 33);
  });

  test('one count that falls begins all anew', () => {
    const steps: CountsStep[] = [
      [0, 100, 5],
      [2_000, 200, 6],
      [4_000, 300, 0],
    ];
    expect(growthOf(...steps)).toStrictEqual([0, 0]);
    expect(growthPerSecond(windowOf(...steps))).toBeNull();
    expect(growthOf(...steps, [6_000, 350, 2])).toStrictEqual([50, 2]);
  });

  test('a count that isn’t told leaves it empty, and it begins anew after', () => {
    expect(growthOf([0, 100, 5], [2_000, 200, null])).toStrictEqual([]);
    expect(growthOf([0, 100], [2_000, null], [4_000, 500])).toStrictEqual([0]);
  });

  test('equal counts are no fall', () => {
    expect(growthOf([0, 7], [2_000, 7], [4_000, 8])).toStrictEqual([1]);
  });

  test('growth per second is over the time the samples span', () => {
    expect(growthPerSecond(windowOf([1_000, 10], [21_000, 15]))).toBe(0.25);
    expect(growthPerSecond(windowOf([0, 10], [15_000, 15], [45_000, 45]))).toBe(1);
    expect(growthPerSecond(windowOf([0, 10], [10_000, 10]))).toBe(0);
  });

  test('growth per second is null below 10 s, not at 10 s, however many samples there are', () => {
    expect(growthPerSecond(windowOf([0, 10], [9_999, 20]))).toBeNull();
    expect(growthPerSecond(windowOf([0, 10], [10_000, 20]))).toBe(1);
    expect(growthPerSecond(windowOf([0, 10], [2_000, 20], [9_999, 20]))).toBeNull();
    expect(growthPerSecond(windowOf([0, 10], [2_000, 20], [10_000, 20]))).toBe(1);
    expect(growthPerSecond(windowOf([0, 10], [2_000, 10]))).toBeNull();
    expect(growthPerSecond(windowOf([5, 10], [5, 20]))).toBeNull();
    expect(growthPerSecond(windowOf([0, 10]))).toBeNull();
    expect(growthPerSecond(null)).toBeNull();
  });

  test('growth per second has its 10 s anew after a count that fell, and after a gap of more than 30 s', () => {
    const fallen: CountsStep[] = [
      [0, 100],
      [10_000, 110],
      [12_000, 5],
    ];
    expect(growthPerSecond(windowOf(...fallen, [21_999, 15]))).toBeNull();
    expect(growthPerSecond(windowOf(...fallen, [22_000, 15]))).toBe(1);
    const gap: CountsStep[] = [
      [0, 100],
      [30_001, 110],
    ];
    expect(growthPerSecond(windowOf(...gap))).toBeNull();
    expect(growthPerSecond(windowOf(...gap, [40_001, 115]))).toBe(0.5);
  });

  test('two windows that go on from the same one have each its own', () => {
    const before = windowOf([0, 1], [2_000, 2], [4_000, 3]);
    const [one, other] = [addCounts(before, [10], 6_000), addCounts(before, [20], 6_000)];
    expect([growth(one), growth(other)]).toStrictEqual([[9], [19]]);
    expect(growth(addCounts(one, [11], 8_000))).toStrictEqual([10]);
    expect(growth(addCounts(before, [30], 32_000))).toStrictEqual([28]);
  });

  test('the window that was is left as it was', () => {
    const before = windowOf([0, 1], [29_000, 2], [58_000, 3]);
    const copy = JSON.stringify(before);
    addCounts(before, [4], 61_000);
    addCounts(before, [0], 61_000);
    expect(JSON.stringify(before)).toBe(copy);
  });

  test('several windows may go on from one, which goes on telling what it told', () => {
    const before = windowOf([0, 1], [2_000, 3]);
    const one = addCounts(before, [10], 4_000);
    const other = addCounts(before, [20], 4_000);
    const further = addCounts(one, [11], 6_000);
    expect([before, one, other, further].map(growth)).toStrictEqual([[2], [9], [19], [10]]);
    expect(growth(addCounts(other, [21], 34_000))).toStrictEqual([1]);
    expect([before, one, other, further].map(growth)).toStrictEqual([[2], [9], [19], [10]]);
  });

  test('another number of counts is another window', () => {
    expect(growthOf([0, 1, 1], [2_000, 5])).toStrictEqual([0]);
    expect(growthOf([0, 1], [2_000, 5, 5])).toStrictEqual([0, 0]);
  });
});

describe('percentiles of the last 60 s', () => {
  const valuesOf = (...values: (number | null)[]) =>
    values.reduce<ValuesWindow>((window, value, index) => addValue(window, value, index), null);
  const of = (values: readonly (number | null)[], ...ranks: number[]) =>
    percentiles(valuesOf(...values), values.length, ...ranks);
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  test('are null below 10 values', () => {
    expect(of(upTo(9), 50, 95)).toStrictEqual([null, null]);
    expect(of([...upTo(9), null, null], 50)).toStrictEqual([null]);
    expect(of([], 50)).toStrictEqual([null]);
  });

  test('are by nearest rank, in any order of the values', () => {
    // Of 10: rank ceil(5) = 5th, ceil(9.5) = 10th.
    expect(of(upTo(10).reverse(), 50, 95, 100)).toStrictEqual([5, 10, 10]);
    // Of 11: rank ceil(5.5) = 6th, ceil(10.45) = 11th.
    expect(of([0, 100, 2, 30, 4, 5, 6, 7, 8, 9, 10], 50, 95)).toStrictEqual([7, 100]);
    // Of 20: 10th and 19th.
    expect(of(upTo(20), 50, 95)).toStrictEqual([10, 19]);
    // Of 31, a minute's worth: ceil(15.5) = 16th and ceil(29.45) = 30th.
    expect(of(upTo(31).reverse(), 50, 95)).toStrictEqual([16, 30]);
  });

  test('compare as numbers, not as text', () => {
    expect(of([9, 10, 100, 9, 9, 9, 9, 9, 9, 9], 95)).toStrictEqual([100]);
  });

  test('a value counts at exactly 60 s, and no more just after', () => {
    const window = upTo(10).reduce<ValuesWindow>(
      (values, value) => addValue(values, value, (value - 1) * 1_000),
      null,
    );
    expect(percentiles(window, 60_000, 50)).toStrictEqual([5]);
    expect(percentiles(window, 60_001, 50)).toStrictEqual([null]);
    // 2 to 11 are left: the 5th is 6.
    expect(percentiles(addValue(window, 11, 60_001), 60_001, 50)).toStrictEqual([6]);
  });

  test('the same holds tick after tick, for minutes', () => {
    let window: ValuesWindow = null;
    for (let tick = 1; tick <= 200; tick += 1) {
      window = addValue(window, tick, tick * 2_000);
      // The newest 31, of which the last is the greatest.
      expect(percentiles(window, tick * 2_000, 0.01, 100)).toStrictEqual(
        tick < 10 ? [null, null] : [Math.max(1, tick - 30), tick],
      );
    }
  });
});
