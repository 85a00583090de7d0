import { describe, expect, test } from '@jest/globals';
import { SOURCE_ERRORS, type SourceError, type SourceErrorCode } from '@mediamtx-monitor/types';
import { TEXTS } from '../../src/i18n/language.ts';
import { sourceErrorText } from '../../src/i18n/source-error-text.ts';
import { LANGUAGES } from '../../src/model/view-state.ts';

const CODES = Object.keys(SOURCE_ERRORS) as SourceErrorCode[];
const SAID = 'As the collector says it:\napi: yes';

function head(sourceError?: SourceError, error: string | null = SAID) {
  const source = { status: 'error', error, version: null } as const;
  return sourceError === undefined ? { source } : { source, sourceError };
}

const valuesOf = (code: SourceErrorCode): Record<string, string> =>
  Object.fromEntries(SOURCE_ERRORS[code].map((name) => [name, `<${name}>`]));

describe.each(CODES)('%s', (code) => {
  test.each(LANGUAGES)('is told in %s with all its values, and the lines stay', (language) => {
    const text = sourceErrorText(head({ code, values: valuesOf(code) }), TEXTS[language]);
    const sentence = text?.sentence ?? '';
    expect(text?.lines).toEqual(['api: yes']);
    expect(sentence).not.toContain('undefined');
    for (const name of SOURCE_ERRORS[code]) expect(sentence).toContain(`<${name}>`);
  });

  test('has words of its own in each language', () => {
    const sentences = LANGUAGES.map(
      (language) => sourceErrorText(head({ code, values: valuesOf(code) }), TEXTS[language])?.sentence,
    );
    expect(new Set(sentences).size).toBe(LANGUAGES.length);
    expect(sentences).not.toContain(SAID.split('\n')[0]);
  });
});

describe('as the collector says it', () => {
  test.each([
    ['by one from before 0.2', undefined],
    ['with a code that this page doesn’t know', { code: 'sun-spots', values: {} }],
    ['with a name that every object has', { code: 'constructor', values: {} }],
    ['without what the sentence is told with', { code: 'timeout', values: { url: 'http://media' } }],
  ])('%s', (_what, sourceError) => {
    const text = sourceErrorText(head(sourceError as SourceError | undefined), TEXTS.de);
    expect(text).toEqual({ sentence: 'As the collector says it:', lines: ['api: yes'] });
  });
});

test('nothing is said without an error', () => {
  expect(sourceErrorText(head(undefined, null), TEXTS.en)).toBeNull();
});
