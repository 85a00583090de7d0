import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGE_CODES, LANGUAGES, languageOf, localeOf } from '../../src/i18n/languages.ts';
import { TEXTS } from '../support/texts.ts';

/** What reads the same in English, and is right so. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  de: [
    '15 min',
    'Audio',
    'CPU',
    'CPU 7',
    'Details',
    'Esc',
    'Filter',
    'Information',
    'Jitter',
    'Live',
    'Mbit/s',
    'MediaMTX 7',
    'MediaMTX Monitor',
    'OK',
    'RTT',
    'RTT 7',
    'Server',
    'Server 7',
    'Server 7 7',
    'Server 7: 7',
    'Stream',
    'Streams',
    'Swap',
    'System',
    'Token',
    'Version',
    'Video',
  ],
};

/** Stands for whatever a text is made with: a word, a number, or values by their names. */
const ANYTHING: unknown = new Proxy(
  { toString: () => '7', startsWith: () => false },
  {
    get: (known, name): unknown => {
      if (typeof name === 'symbol') return undefined;
      return name in known ? Reflect.get(known, name) : '7';
    },
  },
);

interface FoundText {
  readonly path: string;
  /** How many parameters it has; `null` of what isn't a function. */
  readonly parameters: number | null;
  readonly read: string;
}

/** All texts of a table, in the order of their paths. */
function walk(table: object, path = ''): readonly FoundText[] {
  return Object.entries(table)
    .flatMap(([name, value]: [string, unknown]) => textsAt(`${path}.${name}`, value))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function textsAt(path: string, value: unknown): readonly FoundText[] {
  if (typeof value === 'object' && value !== null) return walk(value, path);
  if (typeof value !== 'function') return [{ path, parameters: null, read: String(value) }];
  const parts = Array.from({ length: value.length }, () => ANYTHING);
  return [{ path, parameters: value.length, read: String(Reflect.apply(value, undefined, parts)) }];
}

const english = walk(TEXTS.en);

test('there are many texts, those loaded later among them', () => {
  expect(english.length).toBeGreaterThan(500);
  const paths = english.map(({ path }) => path);
  expect(paths).toStrictEqual(
    expect.arrayContaining([
      '.states.live',
      '.history.title',
      '.bell.title',
      '.helpEntries.states.live.means',
    ]),
  );
});

test('each language is a folder, and each folder a language', () => {
  const folder = join(import.meta.dirname, '../../src/i18n');
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toStrictEqual([...LANGUAGE_CODES].sort());
});

describe.each(LANGUAGE_CODES)('%s', (language) => {
  const texts = walk(TEXTS[language]);

  test('has a name and all texts: none is missing, none too many, none takes other values', () => {
    expect(LANGUAGES[language].name).not.toBe('');
    const shapeOf = ({ path, parameters }: FoundText) => `${path}(${parameters ?? ''})`;
    expect(texts.map(shapeOf)).toStrictEqual(english.map(shapeOf));
  });

  test('no text is empty or has a hole', () => {
    for (const { path, read } of texts) {
      expect([path, read.trim()]).not.toStrictEqual([path, '']);
      expect([path, read]).not.toStrictEqual([
        path,
        expect.stringMatching(/undefined|NaN|\[object|\bnull\b/),
      ]);
    }
  });

  test('what is loaded first is a part of all', async () => {
    const first = walk(await LANGUAGES[language].load());
    expect(texts).toStrictEqual(expect.arrayContaining([...first]));
  });
});

test.each(LANGUAGE_CODES.filter((code) => code !== 'en'))('nothing in English is left in %s', (language) => {
  const texts = walk(TEXTS[language]);
  const left = english.flatMap(({ read }, index) =>
    texts[index]?.read === read && /\p{L}{2}/u.test(read) ? [read] : [],
  );
  expect([...new Set(left)].sort()).toStrictEqual([...(ALIKE[language] ?? [])].sort());
});

test.each([
  [['de-AT', 'en'], 'de', 'de-AT'],
  [['xx', 'de'], 'de', 'de'],
  [['xx'], 'en', 'en'],
  [['en-GB', 'de'], 'en', 'en-GB'],
  [[], 'en', 'en'],
  [['constructor', 'toString'], 'en', 'en'],
])('a browser in %j speaks %s and writes numbers as in %s', (languages, language, locale) => {
  expect(languageOf(languages)).toBe(language);
  expect(localeOf(languageOf(languages), languages)).toBe(locale);
});
