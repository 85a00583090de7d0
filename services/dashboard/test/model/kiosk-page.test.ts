import { expect, test } from '@jest/globals';
import { kioskPage } from '../../src/model/selection.ts';
import type { Listed } from '../../src/model/streams.ts';
import { listed } from '../support/records.ts';

/** Streams named by letters; those in capitals need attention. */
function streams(names: string): readonly Listed[] {
  return Array.from(names, (name) => listed({ name, health: /[A-Z]/.test(name) ? 'critical' : 'ok' }));
}

function told(names: string, turn: number, size: number): string {
  const page = kioskPage(streams(names), turn, size);
  return `${page.streams.map(({ stream }) => stream.name).join('')} ${page.first}–${page.last}`;
}

test.each([
  ['abc', 0, 5, 'abc 1–3'],
  ['abc', 7, 3, 'abc 1–3'],
  ['', 0, 3, ' 1–0'],
  ['aBc', 0, 3, 'Bac 1–3'],
])('what fits is all there: %s', (names, turn, size, expected) => {
  expect(told(names, turn, size)).toBe(expected);
});

test.each([
  [0, 'abcd 1–4'],
  [1, 'efgh 5–8'],
  [2, 'i 9–9'],
  [3, 'abcd 1–4'],
])('what doesn’t fit takes turns, %i', (turn, expected) => {
  expect(told('abcdefghi', turn, 4)).toBe(expected);
});

test.each([
  [0, 'Babc 1–4'],
  [1, 'Bdef 5–7'],
  [2, 'Bgh 8–9'],
  [3, 'Babc 1–4'],
])('what needs attention is on every page, %i', (turn, expected) => {
  expect(told('aBbcdefgh', turn, 4)).toBe(expected);
});

test.each([
  [0, 'ABCD 1–4'],
  [1, 'ABEf 5–6'],
  [2, 'ABgh 7–8'],
])('but only on half of it, %i', (turn, expected) => {
  expect(told('ABCDEfgh', turn, 4)).toBe(expected);
});
