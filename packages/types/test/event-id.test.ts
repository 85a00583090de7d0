import { expect, test } from '@jest/globals';
import { EVENT_ID, isLaterEvent } from '../src/index.ts';

test.each([
  ['2-0', '1-0', true],
  ['1-0', '2-0', false],
  ['10-0', '9-0', true],
  ['1-10', '1-9', true],
  ['1-9', '1-10', false],
  ['1-1', '1-1', false],
  ['1-0', '0-999', true],
])('%s comes after %s: %p', (a, b, isLater) => {
  expect(isLaterEvent(a, b)).toBe(isLater);
});

test.each(['', '1', '1-', '-1', '1-1-1', 'main:1:1', '1-1\n', '1234567890123456-0', '１-0'])(
  '%j is no id of an event',
  (text) => {
    expect(EVENT_ID.test(text)).toBe(false);
  },
);
