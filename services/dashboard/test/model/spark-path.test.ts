import { describe, expect, test } from '@jest/globals';
import { sparkPath } from '../../src/model/spark-path.ts';

describe('the small line', () => {
  test('ends at the right, from 0 up', () => {
    expect(sparkPath([0, 5, 10], 3)).toBe('M0 95L1 50L2 5');
  });

  test('begins further right while there are few values', () => {
    expect(sparkPath([4, 4], 3)).toBe('M1 5L2 5');
  });

  test('leaves a gap where nothing was measured', () => {
    expect(sparkPath([1, NaN, 1], 3)).toBe('M0 5M2 5');
  });

  test('of nothing is nothing, of zeros the ground', () => {
    expect(sparkPath([], 3)).toBe('');
    expect(sparkPath([0, 0], 2)).toBe('M0 95L1 95');
  });
});
