import { describe, expect, test } from '@jest/globals';
import { parseTokenLines, parseTokensFile } from '../../src/access/token-lines.ts';

const HASH = 'a'.repeat(64);
const OTHER = '0123456789abcdef'.repeat(4);

describe('a tokens file', () => {
  test('may have blank lines, comments, spaces around lines and any line ends', () => {
    const text = `\uFEFF# who may look\r\n\r\n  dash.board-1:${HASH}\t\r\n   # old:${OTHER}\n_b:${OTHER}`;
    expect(parseTokensFile(text)).toEqual({
      value: [
        { name: 'dash.board-1', hash: HASH },
        { name: '_b', hash: OTHER },
      ],
      mistakes: null,
    });
  });

  test.each(['', '\n\n', '# nothing', '\uFEFF'])('%j holds no token', (text) => {
    expect(parseTokensFile(text)).toEqual({ value: [], mistakes: null });
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
    expect(parseTokensFile(`# first\n${line}\nb:${HASH}`)).toEqual({
      value: null,
      mistakes: ['line 2 is malformed'],
    });
  });

  test('a name that is there twice names both lines', () => {
    expect(parseTokensFile(`a:${HASH}\n\na:${OTHER}\n`).mistakes).toEqual([
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
