import { expect, test } from '@jest/globals';
import { TOKEN_LINE } from '@mediamtx-monitor/runtime';
import { lineOf, nameMistake, TOKEN_BYTES, tokenLines, tokenOf } from '../../src/token/token.ts';

test('a token is a word that a header and a subprotocol take', () => {
  expect(tokenOf(Buffer.alloc(TOKEN_BYTES, 0xff))).toBe(`${'_'.repeat(42)}8`);
  expect(tokenOf(Buffer.alloc(TOKEN_BYTES, 0xfb))).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('its line holds its name and SHA-256, as the API reads it', () => {
  expect(lineOf('wall', 'abc')).toBe('wall:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(lineOf('wall', tokenOf(Buffer.alloc(TOKEN_BYTES)))).toMatch(TOKEN_LINE);
});

test('token and line are shown once each, with what to do', () => {
  const text = tokenLines('wall', 'abc').join('\n');
  expect(text.split('abc\n')).toHaveLength(2);
  expect(text).toContain(`${lineOf('wall', 'abc')}\n`);
  expect(text).toContain('API_TOKENS_FILE');
  expect(text).toMatch(/give the token to wall\.$/);
});

test('where the line goes, a place that is given says in place of a setting that has no effect there', () => {
  const text = tokenLines('wall', 'abc', 'tokens in secrets/api').join('\n');
  expect(text).toContain('Put the line into tokens in secrets/api (');
  expect(text).not.toContain('API_TOKENS_FILE');
});

test.each(['dashboard', 'a', 'wall-2.north_1', 'n'.repeat(64)])('%s is a name', (name) => {
  expect(nameMistake(name)).toBeUndefined();
});

test.each(['', ' ', 'a b', 'a:b', 'ä', '#a', 'n'.repeat(65), 'a\n'])('%j is none', (name) => {
  expect(nameMistake(name)).toBe(
    `NAME is "${name}"; allowed: 1 to 64 letters, digits, dots, hyphens or underscores, as in dashboard`,
  );
});
