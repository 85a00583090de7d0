import { describe, expect, test } from '@jest/globals';
import { parseTokenLines, parseTokensFile, Tokens } from '../../src/access/tokens.ts';
import { lineOf } from './bench.ts';

const HASH = 'a'.repeat(64);
const OTHER = '0123456789abcdef'.repeat(4);

function tokensOf(tokens: Readonly<Record<string, string>>): Tokens {
  const lines = Object.entries(tokens).map(([name, token]) => lineOf(name, token));
  return new Tokens(parseTokenLines(lines).value ?? []);
}

test('a token has the name of its line', () => {
  const tokens = tokensOf({ a: 'first', b: 'second', c: 'third' });
  expect(['first', 'second', 'third'].map((token) => tokens.nameOf(token))).toStrictEqual(['a', 'b', 'c']);
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
  expect(before.changesTo(after)).toStrictEqual({
    added: ['fresh'],
    removed: ['gone'],
    replaced: ['other', 'swapped'],
  });
  expect(before.changesTo(before)).toStrictEqual({ added: [], removed: [], replaced: [] });
});

test('a token has its hash under its name, and no other name has one', () => {
  const tokens = tokensOf({ a: 'first' });
  expect(`a:${tokens.hashOf('a') ?? ''}`).toBe(lineOf('a', 'first'));
  for (const name of ['', 'b', 'A', 'constructor', '__proto__']) expect(tokens.hashOf(name)).toBeUndefined();
});

describe('a tokens file', () => {
  test('may have blank lines, comments, spaces around lines and any line ends', () => {
    const text = `\uFEFF# who may look\r\n\r\n  dash.board-1:${HASH}\t\r\n   # old:${OTHER}\n_b:${OTHER}`;
    expect(parseTokensFile(text)).toStrictEqual({
      value: [
        { name: 'dash.board-1', hash: HASH },
        { name: '_b', hash: OTHER },
      ],
      mistakes: null,
    });
  });

  test.each(['', '\n\n', '# nothing', '\uFEFF'])('%j holds no token', (text) => {
    expect(parseTokensFile(text)).toStrictEqual({ value: [], mistakes: null });
  });

  test('may give two names to one token', () => {
    expect(parseTokensFile(`a:${HASH}\nb:${HASH}`).value).toHaveLength(2);
  });
});

describe('mistakes', () => {
  test.each([
    'secret-token',
    `a:${HASH}:b`,
    `a ${HASH}`,
    `a: ${HASH}`,
    `:${HASH}`,
    `ä:${HASH}`,
    `${'n'.repeat(65)}:${HASH}`,
    `a:${HASH.slice(1)}`,
    `a:${HASH}a`,
    `a:${HASH.toUpperCase()}`,
    `a:${'g'.repeat(64)}`,
    `a:${HASH} # mine`,
    'x'.repeat(1_000_000),
  ])('%.40s: the line is named, its content is not', (line) => {
    expect(parseTokensFile(`# first\n${line}\nb:${HASH}`)).toStrictEqual({
      value: null,
      mistakes: ['line 2 is malformed'],
    });
  });

  test('a name that is there twice names both lines', () => {
    expect(parseTokensFile(`a:${HASH}\n\na:${OTHER}\n`).mistakes).toStrictEqual([
      'line 3 has the name of line 1 again',
    ]);
  });

  test('only the first few are told', () => {
    expect(parseTokensFile('some\nother\nfile\nof\nmany\nlines\n').mistakes).toHaveLength(5);
  });
});

test('names are compared as they are written', () => {
  expect(parseTokenLines([`a:${HASH}`, `A:${OTHER}`]).value).toHaveLength(2);
});
