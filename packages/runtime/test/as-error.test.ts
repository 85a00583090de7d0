import { expect, test } from '@jest/globals';
import { asError } from '../src/index.ts';

test('an error stays the one it is', () => {
  const error = new TypeError('x');
  expect(asError(error)).toBe(error);
});

test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [null, 'null'],
])('%p becomes an error that says so', (thrown, message) => {
  expect(asError(thrown)).toStrictEqual(new Error(message));
});
