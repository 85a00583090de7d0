import { expect, test } from '@jest/globals';
import { interruptible } from '../src/index.ts';

test('passes on what comes of the work', () => {
  expect(interruptible(() => 5)).toBe(5);
  expect(() =>
    interruptible(() => {
      throw new RangeError('no');
    }),
  ).toThrow('no');
});

test('interrupts a regular expression that goes on and on', () => {
  expect(() => interruptible(() => /^(a+)+$/.test(`${'a'.repeat(60)}b`), 100)).toThrow('timed out');
});
