import { expect, test } from '@jest/globals';
import { errorText } from '../src/error-text.ts';

test('an error is told by its message, or else by its name', () => {
  expect(errorText(new Error('connect ECONNREFUSED 127.0.0.1:6379'))).toBe(
    'connect ECONNREFUSED 127.0.0.1:6379',
  );
  expect(errorText(new TypeError())).toBe('TypeError');
  expect(errorText('thrown')).toBe('thrown');
});

test('what is secret in it is not told', () => {
  const repeated = "ERR unknown command 'auth', with args beginning with: 'api' 'geheim' ";
  for (const said of [
    'connect to redis://api:geheim@redis:6379 failed',
    repeated,
    'wrong: {"password":"geheim"}',
  ]) {
    expect(errorText(new Error(said))).not.toContain('geheim');
  }
});
