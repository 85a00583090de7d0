import { expect, test } from '@jest/globals';
import { fractionOf } from '../../src/charts/chart-options.ts';

test.each([
  [20, 0],
  [2.5, 1],
  [0.25, 2],
  [0.02, 2],
  [0.025, 3],
])('the lines of an axis that are %p apart need %p digits behind the point', (step, digits) => {
  expect(fractionOf(step)).toBe(digits);
});
