import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { originForm, pathOf } from '../../src/http/url.ts';

test.each([
  ['/a?b=c', '/a?b=c'],
  ['http://x/a?b', '/a?b'],
  ['https://x:1?b', '/?b'],
  ['http://x', '/'],
  ['//x/a', '//x/a'],
  ['/a/../b', '/a/../b'],
  ['/http://x', '/http://x'],
  ['/a#b', '/a%23b'],
  ['/a?b#c', '/a?b%23c'],
  ['/%zz', null],
  ['/?%zz', '/?%zz'],
  ['*', null],
  ['', null],
  ['ftp://x/a', null],
])('%j is taken as %j', (target, url) => {
  expect(originForm(target)).toBe(url);
});

test('the path ends where the query begins', () => {
  expect(['/a?b?c', '/a', '/a?'].map(pathOf)).toStrictEqual(['/a', '/a', '/a']);
});

test('whatever comes is either a path that can be decoded, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const url = originForm(`/${text}`);
      if (url === null) return;
      expect(url).toMatch(/^\/[^#]*$/);
      expect(originForm(url)).toBe(url);
      decodeURIComponent(pathOf(url));
    }),
    { numRuns: 2_000 },
  );
});
