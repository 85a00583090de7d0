import { expect, test } from '@jest/globals';
import { goString } from '../../src/lists/go-string.ts';

test.each([
  ['plain', '"plain"'],
  ['a&b<c>', '"a\\u0026b\\u003cc\\u003e"'],
  ['"\\', '"\\"\\\\"'],
  ['\u2028', '"\\u2028"'],
  ['kämera 🎥', '"kämera 🎥"'],
])('writes %j as Go does', (text, written) => {
  expect(goString(text)).toBe(written);
  expect(JSON.parse(goString(text))).toBe(text);
});
