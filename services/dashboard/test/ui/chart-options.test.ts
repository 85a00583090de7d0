import { expect, test } from '@jest/globals';
import { fractionOf, timeRange } from '../../src/ui/chart-options.ts';

test.each([
  ['a single sample has two minutes before it, not a day after it', [1_000], [880, 1_000]],
  ['little is not stretched', [950, 1_000], [880, 1_000]],
  ['all is in view', [400, 700, 1_000], [400, 1_000]],
])('%s', (_what, times, range) => {
  expect(timeRange({ data: [times] })).toStrictEqual(range);
});

test.each([
  [20, 0],
  [2.5, 1],
  [0.25, 2],
  [0.02, 2],
  [0.025, 3],
])('the lines of an axis that are %p apart need %p digits behind the point', (step, digits) => {
  expect(fractionOf(step)).toBe(digits);
});
