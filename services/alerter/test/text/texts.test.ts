import { describe, expect, test } from '@jest/globals';
import { REASON_CODES } from '@mediamtx-monitor/types';
import { TEXT_LANGUAGES } from '../../src/model.ts';
import { textsOf } from '../../src/text/index.ts';
import type { AlertTexts } from '../../src/text/texts.ts';

const MEASURES = { measured: 'MEASURED', limit: 'LIMIT' };

/** The names of all texts, and how many parts those are given that are made of some. */
function shapeOf(texts: object, path = ''): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]) => {
    const at = `${path}${name}`;
    if (typeof text === 'function') return [`${at}()`];
    return typeof text === 'object' && text !== null && !Array.isArray(text)
      ? shapeOf(text, `${at}.`)
      : [`${at}: ${typeof text}`];
  });
}

const all = TEXT_LANGUAGES.map((language): readonly [string, AlertTexts] => [language, textsOf(language)]);

test('every language has the same texts', () => {
  const [[, first]] = all as [readonly [string, AlertTexts]];
  for (const [, texts] of all) expect(shapeOf(texts)).toStrictEqual(shapeOf(first));
});

describe.each(all)('in %s', (_language, { reasons }) => {
  test.each(REASON_CODES)('%s has its texts', (code) => {
    const { what, cause, todo } = reasons[code];
    expect(what(MEASURES)).not.toMatch(/[.\n]$|undefined/);
    for (const sentence of [cause, todo]) expect(sentence).toMatch(/^[A-ZÄÖÜ][^\n]{10,120}\.$/);
  });

  test('no two reasons are told alike', () => {
    const told = REASON_CODES.flatMap((code) => [reasons[code].what(MEASURES), reasons[code].cause]);
    expect(new Set(told).size).toBe(told.length);
  });
});

test('no text has what targets take for formatting', () => {
  for (const [, { reasons, ...others }] of all) {
    const texts = [
      ...REASON_CODES.flatMap((code) => [
        reasons[code].what({ measured: '1', limit: '2' }),
        reasons[code].cause,
        reasons[code].todo,
      ]),
      ...others.gone.lines,
      ...others.test.lines,
    ];
    expect(texts.filter((text) => /[&<>*~`|@#[\]\\]/.test(text))).toStrictEqual([]);
  }
});
