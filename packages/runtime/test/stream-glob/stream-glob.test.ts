import { describe, expect, test } from '@jest/globals';
import { interruptible } from '@mediamtx-monitor/testkit';
import fc from 'fast-check';
import { streamGlob } from '../../src/index.ts';
import { expansionsOf } from './expansions.ts';
import { likelyNames } from './names.ts';

describe('a glob for stream names', () => {
  test.each([
    ['cam-*', 'cam-1', true],
    ['cam-*', 'cam-', true],
    ['cam-*', 'cam-1/low', false],
    ['cam-*', 'my-cam-1', false],
    ['*', '.hidden', true],
    ['*', '..', true],
    ['*/low', 'cam/low', true],
    ['*/low', 'hall/cam/low', false],
    ['cam-?', 'cam-1', true],
    ['cam-?', 'cam-12', false],
    ['cam-?', 'cam-', false],
    ['a?b', 'a/b', false],
    ['Cam', 'cam', false],
  ])('%s and the name %s: %s', (glob, name, matches) => {
    expect(streamGlob(glob)(name)).toBe(matches);
  });

  test.each([
    ['**', 'a/b/c', true],
    ['hall/**', 'hall/a/b', true],
    ['hall/**', 'hall', true],
    ['hall/**', 'hallway', false],
    ['**/cam', 'cam', true],
    ['**/cam', 'hall/a/cam', true],
    ['**/cam', 'webcam', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/xb', false],
    ['**/a/**/b/**', 'x/a/b', true],
    // As a part of a segment it is no more than one.
    ['cam**', 'cam-1', true],
    ['cam**', 'cam-1/low', false],
    ['**cam', 'hall/cam', false],
    // Behind a star for none too, it would be nothing but `**`.
    ['*/**', 'a/b', true],
    ['*/**', 'a', false],
    ['*/**/**', 'a', false],
    ['*/**/**', 'a/b', true],
    ['a/**/**', 'a', true],
    ['a**/**', 'ab', false],
    ['**/*/**', 'a', false],
    ['*/**/b', 'a/b', true],
  ])('with whole segments, %s and the name %s: %s', (glob, name, matches) => {
    expect(streamGlob(glob)(name)).toBe(matches);
  });

  test.each([
    ['[ab]', '[ab]', true],
    ['[ab]', 'a', false],
    ['!a', '!a', true],
    ['!a', 'b', false],
    ['+(a)', 'aa', false],
    ['"a"', '"a"', true],
    ['a.c', 'abc', false],
    ['./a', 'a', false],
    ['$^|', '$^|', true],
  ])('takes all else as it is: %s and the name %s: %s', (glob, name, matches) => {
    expect(streamGlob(glob)(name)).toBe(matches);
  });

  test.each([
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['\\?', 'a', false],
    ['\\\\', '\\', true],
    ['\\d', 'd', true],
    ['\\d', '1', false],
    ['\\{a,b}', '{a,b}', true],
    ['{a\\,b,c}', 'a,b', true],
    ['{a\\,b,c}', 'a', false],
    ['a\\/b', 'a/b', true],
    ['\\😀', '😀', true],
    // There is nothing to escape: it stands for itself.
    ['a\\', 'a\\', true],
    ['a\\', 'a', false],
  ])('takes what a backslash escapes as it is: %s and the name %s: %s', (glob, name, matches) => {
    expect(streamGlob(glob)(name)).toBe(matches);
  });

  test.each([
    ['{a,b}*', ['a1', 'b1'], ['c1', '{a,b}']],
    ['{a,b{c,d}}', ['a', 'bc', 'bd'], ['b', 'ac']],
    ['cam{,-low}', ['cam', 'cam-low'], ['cam-']],
    ['{,}', [''], ['a', ',']],
    ['{a,a}', ['a'], ['aa']],
    ['{hall,studio/*}/cam', ['hall/cam', 'studio/1/cam'], ['studio/cam']],
    ['{hall/**,studio}', ['hall', 'hall/a/b', 'studio'], ['studio/a']],
    ['{hall,**}/cam', ['hall/cam', 'a/b/cam', 'cam'], ['hall']],
    ['{hall/,}**', ['hall/a', 'b/c'], []],
    // Without a comma, or without a counterpart, braces stand for themselves; so do commas outside.
    ['{a}', ['{a}'], ['a']],
    ['{}', ['{}'], ['']],
    ['{1..3}', ['{1..3}'], ['2']],
    ['{a,b', ['{a,b'], ['a']],
    ['a,b}', ['a,b}'], ['a', 'b}']],
    ['{{a,b}', ['{a', '{b'], ['a']],
    ['{a,b}}', ['a}', 'b}'], ['a']],
    ['{a{b}c,d}', ['a{b}c', 'd'], ['abc']],
    // Stars that only come together where an alternative is empty stay two.
    ['*{,x}*', ['a', 'axb'], ['a/b']],
  ])('takes either of alternatives: %s', (glob, matching, others) => {
    expect([...matching, ...others].filter(streamGlob(glob))).toStrictEqual(matching);
  });

  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    // More stars than two are two.
    ['***', 'a/b', true],
    ['a/****/b', 'a/b', true],
    ['a***', 'a/b', false],
    // Slashes are compared like other characters, also where a segment is empty.
    ['/', '/', true],
    ['/', '', false],
    ['//', '//', true],
    ['a//b', 'a//b', true],
    ['a//b', 'a/b', false],
    ['a/b', 'a//b', false],
    ['a/*/b', 'a//b', true],
    ['a/', 'a', false],
    ['a', 'a/', false],
    ['*', 'a/', false],
    ['**', '/', true],
    // A line break is a character.
    ['a*', 'a\nb', true],
    ['a?b', 'a\nb', true],
    ['**/b', 'a\r\n/b', true],
    ['a\nb', 'a\nb', true],
    ['\\\n', '\n', true],
    // A character is a code point, half of one included.
    ['?', '😀', true],
    ['??', '😀', false],
    ['a?c', 'a\ud83dc', true],
    ['😀*', '😀😀', true],
    ['\ud83d*', '😀', false],
    ['{😀,é}', '😀', true],
  ])('at the edges: %j and the name %j: %s', (glob, name, matches) => {
    expect(streamGlob(glob)(name)).toBe(matches);
  });

  test('may be asked again and again', () => {
    const matches = streamGlob('{a,b}*/**');
    const names = ['a', 'a/b', 'c', 'b1/x/y', ''];
    for (let round = 0; round < 3; round += 1) expect(names.filter(matches)).toStrictEqual(['a/b', 'b1/x/y']);
  });

  test('matches what any of the globs does that its alternatives stand for', () => {
    const parts = fc.constantFrom('a', 'b', '/', '*', '**', '?', '{', ',', '}', '{', ',', '}', '\\{', '\\,');
    const glob = fc.array(parts, { minLength: 3, maxLength: 14 }).map((some) => some.join(''));
    const cases = glob
      .map((whole) => ({ whole, single: expansionsOf(whole) }))
      .filter(({ single }) => single.length > 1 && single.length < 200)
      .chain(({ whole, single }) =>
        likelyNames(fc.constantFrom(...single)).map((name) => ({ whole, single, name })),
      );
    const check = ({ whole, single, name }: { whole: string; single: readonly string[]; name: string }) => {
      expect(streamGlob(whole)(name)).toBe(single.some((each) => streamGlob(each)(name)));
    };
    fc.assert(fc.property(cases, check), { numRuns: 8_000 });
  });
});

describe('no glob and no name', () => {
  const A = 'a'.repeat(800);
  const deep = 65;

  test.each([
    ['*a*a*a*b', A],
    [`${'*a'.repeat(16)}b`, A],
    ['**/'.repeat(16) + 'b', 'a/'.repeat(400)],
    [`*${'?'.repeat(199)}`, `${A}/`],
    [`*{${'?,'.repeat(97)}?}!`, A],
    [`**${'{,/,?}'.repeat(33)}!`, 'a/'.repeat(400)],
    [`{${'*a,'.repeat(16)}a}`.repeat(2), `${A}b`],
    [`*${'{'.repeat(deep)}a${',}'.repeat(deep)}b`, A],
    [`${'{a,aa}'.repeat(33)}b`, A],
  ])('take long: %s', (glob, name) => {
    const matches = streamGlob(glob);
    // Some of them took minutes while globs were made regular expressions.
    expect(interruptible(() => Array.from({ length: 50 }, () => matches(name)).some(Boolean))).toBe(false);
  });
});
