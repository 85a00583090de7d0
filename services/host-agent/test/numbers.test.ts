import { expect, test } from '@jest/globals';
import { growth, less, percentOf, perSecond } from '../src/numbers.ts';

test('growth', () => {
  expect(growth(5, 12)).toBe(7);
  expect(growth(5, 5)).toBe(0);
  expect(growth(12, 5)).toBeNull();
  expect(growth(null, 5)).toBeNull();
  expect(growth(5, undefined)).toBeNull();
  expect(growth(4_294_967_295, 12)).toBeNull();
});

test('perSecond', () => {
  expect(perSecond(10, 5_000)).toBe(2);
  expect(perSecond(0, 5_000)).toBe(0);
  expect(perSecond(null, 5_000)).toBeNull();
  expect(perSecond(10, 0)).toBeNull();
  expect(perSecond(10, -1)).toBeNull();
});

test('percentOf', () => {
  expect(percentOf(1, 3)).toBe(33.33);
  expect(percentOf(0, 3)).toBe(0);
  expect(percentOf(3, 3)).toBe(100);
  expect(percentOf(4, 3)).toBeNull();
  expect(percentOf(0, 0)).toBeNull();
  expect(percentOf(null, 3)).toBeNull();
  expect(percentOf(3, null)).toBeNull();
});

test('less', () => {
  expect(less(10, 4)).toBe(6);
  expect(less(4, 10)).toBeNull();
  expect(less(null, 4)).toBeNull();
});
