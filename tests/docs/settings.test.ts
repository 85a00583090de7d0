import { expect, test } from '@jest/globals';
import { loadSettings } from '@mediamtx-monitor/runtime';
import { DOCUMENTS, readText } from './support/documents.ts';

test.each(DOCUMENTS)('%s names no setting that is not there', (path) => {
  const names = readText(path).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [];
  const env = Object.fromEntries(names.map((name) => [name, '']));
  expect(loadSettings({}, env, { readFile: () => '' }).warnings).toStrictEqual([]);
});
