import { expect, test } from '@jest/globals';
import { loadSettings } from '@mediamtx-monitor/runtime';
import { ALL_SETTINGS } from '../../scripts/src/all-settings.ts';
import { DOCUMENTS, readText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';

const defaults = new Map(
  Object.entries(ALL_SETTINGS).map(([name, { default: usual }]) => [
    name,
    typeof usual === 'object' ? '' : String(usual ?? ''),
  ]),
);

test.each(DOCUMENTS.filter((path) => path.startsWith('README')))(
  '%s tells the defaults of the settings it shows',
  (path) => {
    for (const row of rowsUnder(readText(path), 'setting')) {
      const shown = codeSpans(row.first);
      expect([...defaults.keys()]).toStrictEqual(expect.arrayContaining(shown));
      const expected = shown.map((name) => defaults.get(name)).filter((value) => value !== '');
      expect(codeSpans(row.cell('default'))).toStrictEqual(expected);
    }
  },
);

test.each(DOCUMENTS)('%s names no setting that is not there', (path) => {
  const names = readText(path).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [];
  const env = Object.fromEntries(names.map((name) => [name, '']));
  expect(loadSettings({}, env, { readFile: () => '' }).warnings).toStrictEqual([]);
});
