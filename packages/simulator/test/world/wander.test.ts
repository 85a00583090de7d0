import { expect, test } from '@jest/globals';
import { randomFrom } from '../../src/world/random.ts';
import { wanderAt, wanderFrom, wanderSum } from '../../src/world/wander.ts';

const TIMES_MS = Array.from({ length: 2_000 }, (_, index) => index * 137.5);

test.each([0.15, 0.8])('a wander of depth %d stays within it and uses it', (depth) => {
  const wander = wanderFrom(randomFrom(7), depth);
  const values = TIMES_MS.map((timeMs) => wanderAt(wander, timeMs));
  expect(Math.max(...values)).toBeLessThanOrEqual(1 + depth);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(1 - depth);
  expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(depth);
});

test('its sum is the integral of its values', () => {
  const wander = wanderFrom(randomFrom(11), 0.8);
  for (const timeMs of TIMES_MS) {
    const slope = (wanderSum(wander, timeMs + 0.5) - wanderSum(wander, timeMs - 0.5)) / 1;
    expect(slope).toBeCloseTo(wanderAt(wander, timeMs), 3);
  }
});
