import { expect, test } from '@jest/globals';
import { asError, stackOf } from '../src/index.ts';

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

test('what the log gets is where an error comes from, and what it says where that isn’t known', () => {
  const error = new Error('x');
  expect(stackOf(error)).toBe(error.stack);
  expect(stackOf(error)).toContain('as-error.test.ts');
  delete error.stack;
  expect(stackOf(error)).toBe('x');
});
