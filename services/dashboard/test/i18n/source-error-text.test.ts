import { describe, expect, test } from '@jest/globals';
import {
  ANSWER_CAUSES,
  SOURCE_ERRORS,
  type SourceError,
  type SourceErrorCode,
  TOO_MUCH_KINDS,
} from '@mediamtx-monitor/types';
import { TEXTS } from '../support/texts.ts';
import { sourceErrorText } from '../../src/i18n/source-error-text.ts';
import { LANGUAGE_CODES } from '../../src/i18n/languages.ts';

const CODES = Object.keys(SOURCE_ERRORS) as SourceErrorCode[];
const SAID = 'As the collector says it:\napi: yes';

function head(sourceError?: SourceError, error: string | null = SAID) {
  const source = { status: 'error', error, version: null } as const;
  return sourceError === undefined ? { source } : { source, sourceError };
}

/** Values that the page has words for. */
const WORDED: Readonly<Record<string, string>> = { cause: 'too-few-items', kind: 'records' };

const valuesOf = (code: SourceErrorCode): Record<string, string> =>
  Object.fromEntries(SOURCE_ERRORS[code].map((name) => [name, WORDED[name] ?? `<${name}>`]));

describe.each(CODES)('%s', (code) => {
  test.each(LANGUAGE_CODES)('is told in %s with all its values, and the lines stay', (language) => {
    const text = sourceErrorText(head({ code, values: valuesOf(code) }), TEXTS[language]);
    const sentence = text?.sentence ?? '';
    expect(text?.lines).toStrictEqual(['api: yes']);
    expect(sentence).not.toContain('undefined');
    for (const name of SOURCE_ERRORS[code]) {
      if (WORDED[name] === undefined) expect(sentence).toContain(`<${name}>`);
    }
  });

  test('has words of its own in each language', () => {
    const sentences = LANGUAGE_CODES.map(
      (language) => sourceErrorText(head({ code, values: valuesOf(code) }), TEXTS[language])?.sentence,
    );
    expect(new Set(sentences).size).toBe(LANGUAGE_CODES.length);
    expect(sentences).not.toContain(SAID.split('\n')[0]);
  });
});

test.each([
  ...ANSWER_CAUSES.map((cause) => ['invalid-answer', { cause }] as const),
  ...TOO_MUCH_KINDS.map((kind) => ['too-much', { kind }] as const),
])('%s for %j is told in each language, without a word of the other', (code, given) => {
  const values = { url: 'http://media', list: 'paths', found: '3', limit: '5', ...given };
  const [en = '', de = ''] = (['en', 'de'] as const).map(
    (language) => sourceErrorText(head({ code, values }), TEXTS[language])?.sentence,
  );
  expect(en).toMatch(/\b(it|over|where)\b/);
  expect(de).toMatch(/ (geschickt: (Sie|Ein) |wird: über )/);
  expect(de).not.toMatch(/\b(it|its|over|has|not|items|records|values|is)\b/);
  expect(`${en} ${de}`).not.toContain('undefined');
});

describe('as the collector says it', () => {
  test.each([
    ['by one from before 0.2', undefined],
    ['with a code that this page doesn’t know', { code: 'sun-spots', values: {} }],
    ['with a name that every object has', { code: 'constructor', values: {} }],
    [
      'with a cause that this page doesn’t know',
      {
        code: 'invalid-answer',
        values: { url: 'http://media', list: 'paths', cause: 'too-green', found: '', limit: '' },
      },
    ],
    ['without what the sentence is told with', { code: 'timeout', values: { url: 'http://media' } }],
  ])('%s', (_what, sourceError) => {
    const text = sourceErrorText(head(sourceError as SourceError | undefined), TEXTS.de);
    expect(text).toStrictEqual({ sentence: 'As the collector says it:', lines: ['api: yes'] });
  });
});

test('nothing is said without an error', () => {
  expect(sourceErrorText(head(undefined, null), TEXTS.en)).toBeNull();
});
