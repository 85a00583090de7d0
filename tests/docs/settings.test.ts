import { describe, expect, test } from '@jest/globals';
import { loadSettings, SETTINGS } from '@mediamtx-monitor/runtime';
import { DOCUMENTS, readText } from './support/documents.ts';
import { codeWords, rowsUnder } from './support/markdown.ts';

/** What a setting is unless set, as text. Where the schema has none, the description may say it. */
function defaultOf(name: string, setting: (typeof SETTINGS)[keyof typeof SETTINGS]): [string, string] {
  const flags: { readonly default?: string | number | boolean } = setting.schema.describe().flags ?? {};
  const [, described = ''] = /(\S+) unless set\b/.exec(setting.description) ?? [];
  return [name, String(flags.default ?? described)];
}

const settings = Object.entries(SETTINGS);
const names = settings.map(([name]) => name);
const defaults = new Map(settings.map(([name, setting]) => defaultOf(name, setting)));
const rows = rowsUnder(readText('docs/configuration.md'), 'setting');

test('docs/configuration.md has a row for every setting, and no other', () => {
  expect(rows.map((row) => codeWords(row.first).join()).sort()).toEqual([...names].sort());
});

describe.each(settings)('%s', (name, setting) => {
  const row = rows.find(({ first }) => codeWords(first).includes(name));

  test('its row tells its default and what is allowed', () => {
    expect(codeWords(row?.cell('default') ?? '').join()).toBe(defaults.get(name));
    expect(row?.cell('allowed')).toBe(setting.allowed);
  });

  test('its row tells whether it is a secret that may come from a file', () => {
    const isSecret = setting.secret === true;
    expect(row?.cell('what it is').startsWith(`**secret** (\`${name}_FILE\`)`)).toBe(isSecret);
  });
});

test('.env.example has every setting and variable once with its default, and no other', () => {
  const lines = [...readText('.env.example').matchAll(/^#?([A-Z]\w*)=(.*)$/gm)];
  const variables = rowsUnder(readText('docs/configuration.md'), 'variable').map((row) => [
    codeWords(row.first).join(),
    codeWords(row.cell('default')).join(),
  ]);
  expect(lines.map(([, name, value]) => [name, value]).sort()).toEqual([...defaults, ...variables].sort());
});

test.each(DOCUMENTS.filter((path) => path.startsWith('README')))(
  '%s tells the defaults of the settings it shows',
  (path) => {
    for (const row of rowsUnder(readText(path), 'setting')) {
      const shown = codeWords(row.first);
      expect(names).toEqual(expect.arrayContaining(shown));
      const expected = shown.map((name) => defaults.get(name)).filter((value) => value !== '');
      expect(codeWords(row.cell('default'))).toEqual(expected);
    }
  },
);

test.each(DOCUMENTS)('%s names no setting that is not there', (path) => {
  const words = readText(path).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [];
  const env = Object.fromEntries(words.map((word) => [word, '']));
  expect(loadSettings([], env, { readFile: () => '' }).warnings).toEqual([]);
});
