import { expect, test } from '@jest/globals';
import { rounded } from '../src/numbers.ts';

test.each([
  [1.2345, 3, 1.235],
  [1.2344, 3, 1.234],
  [0.0004, 3, 0],
  [1808.575, 2, 1808.58],
  [1.005_49, 2, 1.01],
  [-12.34, 1, -12.3],
  [7, 0, 7],
  [null, 3, null],
  [Infinity, 2, null],
  [NaN, 2, null],
])('%p with %p decimals is %p', (value, decimals, expected) => {
  expect(rounded(value, decimals)).toBe(expected);
});
