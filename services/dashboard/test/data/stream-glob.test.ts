import { describe, expect, test } from '@jest/globals';
import { streamGlob } from '@mediamtx-monitor/runtime';
import { globOf } from '../../src/data/stream-glob.ts';

describe('the glob of a name', () => {
  test.each([
    ['studio/cam 1', 'studio/cam 1'],
    ['a*b**c?d\\e', 'a?b??c?d?e'],
    ['half\ud83d', 'half?'],
    ['😀[x]{y,z}', '😀[x]?y,z}'],
  ])('%p is %p', (name, glob) => {
    expect(globOf(name)).toBe(glob);
  });

  test('of a long name is its beginning, with whole characters', () => {
    expect(globOf('x'.repeat(200))).toBe('x'.repeat(200));
    expect(globOf('x'.repeat(201))).toBe(`${'x'.repeat(192)}{*,*/**}`);
    expect(globOf(`${'x'.repeat(191)}${'😀'.repeat(5)}`)).toBe(`${'x'.repeat(191)}{*,*/**}`);
  });

  test.each([
    'a*b**c?d\\e',
    '{a,b}',
    'x'.repeat(300),
    `${'x'.repeat(190)}/a/b/${'y'.repeat(90)}`,
    '{'.repeat(250),
  ])('matches it: %s', (name) => {
    expect(streamGlob(globOf(name))(name)).toBe(true);
  });
});
