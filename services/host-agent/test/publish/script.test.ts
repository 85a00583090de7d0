import { expect, test } from '@jest/globals';
import { epochOf } from '../../src/publish/script.ts';

test('the epoch of a stored message', () => {
  expect(epochOf('{"type":"hosts","v":1,"host":"a","epoch":1795387539630,"seq":2}')).toBe(1_795_387_539_630);
  expect(epochOf(null)).toBe(0);
  expect(epochOf('something else')).toBe(0);
});
