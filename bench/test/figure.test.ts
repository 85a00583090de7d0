import { describe, expect, test } from '@jest/globals';
import { type Aim, aimText, meets, numberText, ratioOf, valueText } from '../src/figure.ts';

describe('a ratio', () => {
  test('is how many times what stands beside it', () => {
    expect(ratioOf({ value: 30, beside: 20 })).toBe(1.5);
  });

  test.each([[{ value: 30 }], [{ value: 30, beside: 0 }]])('can’t be had of %j', (reading) => {
    expect(ratioOf(reading)).toBeNull();
  });
});

describe('an aim', () => {
  const at = (of: Aim['of'], is: Aim['is'], limit: number): Aim => ({ of, is, limit });

  test.each([
    [{ value: 20 }, at('value', 'at most', 20), true],
    [{ value: 20.01 }, at('value', 'at most', 20), false],
    [{ value: 100 }, at('value', 'at least', 100), true],
    [{ value: 99.9 }, at('value', 'at least', 100), false],
    [{ value: 30, beside: 15 }, at('ratio', 'at most', 2), true],
    [{ value: 31, beside: 15 }, at('ratio', 'at most', 2), false],
    [{ value: 86, beside: 100 }, at('ratio', 'at least', 0.85), true],
    [{ value: 84, beside: 100 }, at('ratio', 'at least', 0.85), false],
    // What wasn't measured meets nothing.
    [{ value: 30 }, at('ratio', 'at most', 2), false],
    [{ value: NaN }, at('value', 'at most', 20), false],
  ])('of %j, %j: %s', (reading, aim, met) => {
    expect(meets(reading, aim)).toBe(met);
  });

  test('is told with its unit, or as times', () => {
    expect(aimText(at('value', 'at most', 20), 'ms')).toBe('≤ 20 ms');
    expect(aimText(at('ratio', 'at least', 0.85), 'ms')).toBe('≥ 0.85 ×');
  });
});

test.each([
  [0, '0'],
  [0.1234, '0.12'],
  [9.876, '9.88'],
  [27.34, '27.3'],
  [123.4, '123'],
  [9_876.5, '9,877'],
  [1_234_567, '1,234,567'],
  [NaN, '–'],
])('%d is written %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test('a value has its unit, a rate without a space', () => {
  expect(valueText(27.34, 'ms')).toBe('27.3 ms');
  expect(valueText(26_168, '/s')).toBe('26,168/s');
});
