import { expect, test } from '@jest/globals';
import { encode, JsonBytes } from '../../src/lists/json-bytes.ts';

function written(value: number): string {
  const out = new JsonBytes(1);
  out.number(value);
  return out.written().toString();
}

test.each([
  0,
  1,
  9,
  10,
  99,
  100,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  -1,
  -0.5,
  0.1897221950417803,
  1e-9,
])('writes %d as JSON does', (value) => {
  expect(written(value)).toBe(JSON.stringify(value));
});

test('writes whole numbers of every length', () => {
  for (let power = 1; power < 2 ** 53; power *= 10) {
    for (const value of [power - 1, power, power + 1, power * 7]) expect(written(value)).toBe(String(value));
  }
});

test('grows as it is filled, and keeps UTF-8', () => {
  const out = new JsonBytes(1);
  for (let round = 0; round < 1_000; round += 1) {
    out.bytes(encode('"ü🎥":'));
    out.number(round);
  }
  const expected = Array.from({ length: 1_000 }, (_, round) => `"ü🎥":${round}`).join('');
  expect(out.written().toString()).toBe(expected);
});
