import { expect, test } from '@jest/globals';
import { readText } from './support/documents.ts';
import { blocksOf } from './support/markdown.ts';

const MAX_LINES = 120;
const READMES = ['README.md', 'README.de.md'];

/** What a section has that needs no translation: its code, and where its links lead. */
function skeletonOf(text: string) {
  return text.split(/^## /m).map((section) => ({
    code: blocksOf(section).map(({ language, code }) => [language, code]),
    links: [...section.matchAll(/\]\(((?:docs|\.env|CONTRIBUTING|SECURITY|LICENSE)[^)\s]*)\)/g)]
      .map(([, link]) => link)
      .sort(),
  }));
}

test('README.de.md has every section of README.md, with its code and its links', () => {
  const [english, german] = READMES.map((path) => skeletonOf(readText(path)));
  expect(english?.length).toBeGreaterThan(5);
  expect(german).toStrictEqual(english);
});

test.each(READMES)('%s is read in one go', (path) => {
  expect(readText(path).split('\n').length).toBeLessThanOrEqual(MAX_LINES);
});
