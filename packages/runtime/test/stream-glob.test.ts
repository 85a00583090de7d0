import { describe, expect, test } from '@jest/globals';
import { streamGlob } from '../src/index.ts';

describe('a glob for stream names', () => {
  test.each([
    ['cam-*', 'cam-1', true],
    ['cam-*', 'cam-1/low', false],
    ['**', 'a/b/c', true],
    ['hall/**', 'hall/a/b', true],
    ['*/low', 'cam/low', true],
    ['cam-?', 'cam-12', false],
    ['*', '.hidden', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['!a', 'b', false],
    ['+(a)', 'aa', false],
    ['{a,b}', 'a', false],
    ['{a,b}', '{a,b}', true],
  ])('%s and the name %s: %s', (glob, name, matches) => {
    expect(streamGlob(glob)(name)).toBe(matches);
  });

  test('of the operator may have alternatives', () => {
    expect(['a1', 'b1', 'c1'].map(streamGlob('{a,b}*', { alternatives: true }))).toEqual([true, true, false]);
  });
});
