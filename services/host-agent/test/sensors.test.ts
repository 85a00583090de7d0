import { expect, test } from '@jest/globals';
import { hottest, parseTemperature } from '../src/sensors.ts';

test.each([
  ['48312\n', 48.312],
  ['0\n', 0],
  ['-12500\n', -12.5],
  ['149999', 149.999],
])('%j', (text, degrees) => {
  expect(parseTemperature(text)).toBe(degrees);
});

test.each([
  ['a sensor that is not connected', '-128000\n'],
  ['a broken one', '255000\n'],
  ['an overflow', '65261850\n'],
  ['words', 'N/A\n'],
  ['nothing', ''],
  ['a decimal number', '48.3\n'],
])('%s tells nothing', (_what, text) => {
  expect(parseTemperature(text)).toBeNull();
});

test('the hottest is the highest that is known', () => {
  expect(hottest([20.5, null, 61, -3])).toBe(61);
  expect(hottest([-5, -3])).toBe(-3);
  expect(hottest([null])).toBeNull();
  expect(hottest([])).toBeNull();
});
