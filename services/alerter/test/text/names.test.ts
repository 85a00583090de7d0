import { expect, test } from '@jest/globals';
import { shownDetail, shownName } from '../../src/text/names.ts';

test('a plain name is shown as it is', () => {
  expect(['studio/cam1', 'Bühne_2', '第一カメラ', '📷'].map(shownName)).toStrictEqual([
    'studio/cam1',
    'Bühne_2',
    '第一カメラ',
    '📷',
  ]);
});

test.each([
  ['lines and other controls', 'a\nb\r\n\tc\u0000\u001B[31m\u0085', 'abc[31m'],
  ['what turns the direction of text', 'live\u202Egnp.\u202C\u2066x\u2069\u200F', 'livegnp.x'],
  ['what can’t be seen', 'a\u200B\u00AD\uFEFF\u2028b', 'ab'],
  ['halves of characters', 'a\uD83Db', 'ab'],
  ['marks piled up on a letter', `z${'\u0341'.repeat(50)}`, 'z\u0341\u0341'],
  ['nothing at all', '\u202E', '?'],
])('of a name %s is taken away', (_what, name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test('a long name is cut in its middle, between characters', () => {
  expect(shownName('a'.repeat(100))).toBe('a'.repeat(100));
  const cut = shownName(`${'📷'.repeat(80)}${'b'.repeat(80)}`);
  expect(cut).toBe(`${'📷'.repeat(50)}…${'b'.repeat(49)}`);
  expect(Array.from(cut)).toHaveLength(100);
});

test('a detail is one line, cut at its end', () => {
  expect(shownDetail('  dial tcp:\n  refused ')).toBe('dial tcp: refused');
  expect(shownDetail('x'.repeat(500))).toBe(`${'x'.repeat(199)}…`);
});
