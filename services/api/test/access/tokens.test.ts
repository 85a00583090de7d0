import { expect, test } from '@jest/globals';
import { parseTokenLines } from '../../src/access/token-lines.ts';
import { Tokens } from '../../src/access/tokens.ts';
import { lineOf } from './bench.ts';

function tokensOf(tokens: Readonly<Record<string, string>>): Tokens {
  const lines = Object.entries(tokens).map(([name, token]) => lineOf(name, token));
  return new Tokens(parseTokenLines(lines).value ?? []);
}

test('a token has the name of its line', () => {
  const tokens = tokensOf({ a: 'first', b: 'second', c: 'third' });
  expect(['first', 'second', 'third'].map((token) => tokens.nameOf(token))).toEqual(['a', 'b', 'c']);
});

test.each(['', 'First', 'first ', 'a', lineOf('a', 'first'), lineOf('', 'first').slice(1)])(
  '%s is no token',
  (token) => {
    expect(tokensOf({ a: 'first' }).nameOf(token)).toBeUndefined();
    expect(tokensOf({}).nameOf(token)).toBeUndefined();
  },
);

test('what differs between two sets', () => {
  const before = tokensOf({ kept: '1', gone: '2', other: '3', swapped: '4' });
  const after = tokensOf({ fresh: '5', other: '6', kept: '1', swapped: '2' });
  expect(before.changesTo(after)).toEqual({
    added: ['fresh'],
    removed: ['gone'],
    replaced: ['other', 'swapped'],
  });
  expect(before.changesTo(before)).toEqual({ added: [], removed: [], replaced: [] });
});

test('a token has its hash under its name, and no other name has one', () => {
  const tokens = tokensOf({ a: 'first' });
  expect(`a:${tokens.hashOf('a') ?? ''}`).toBe(lineOf('a', 'first'));
  for (const name of ['', 'b', 'A', 'constructor', '__proto__']) expect(tokens.hashOf(name)).toBeUndefined();
});
