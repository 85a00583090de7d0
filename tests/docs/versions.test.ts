import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { OLDEST_NODE } from '@mediamtx-monitor/runtime/enter';
import { inProject, readText } from './support/documents.ts';

const versionOf = (path: string): string => /^ {2}"version": "(.+)",$/m.exec(readText(path))?.[1] ?? '';
const version = versionOf('package.json');
const READMES = ['README.md', 'README.de.md'];

test('all packages have the version of the project', () => {
  const packages = ['packages', 'services'].flatMap((folder) =>
    readdirSync(inProject(folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}`),
  );
  const paths = [...packages, 'bench', 'scripts', 'tests'].map((folder) => `${folder}/package.json`);
  expect(paths.filter((path) => versionOf(path) !== version)).toStrictEqual([]);
});

test('the changelog tells of it, with a date', () => {
  const heads = [...readText('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, head]) => head);
  expect(heads).toContainEqual(expect.stringMatching(new RegExp(`^${version} \\(\\d{4}-\\d\\d-\\d\\d\\)$`)));
});

test.each(READMES)('%s names its tarball, and the oldest Node', (path) => {
  const text = readText(path);
  const named = [...text.matchAll(/mediamtx-monitor-(\d+\.\d+\.\d+)/g)].map(([, each]) => each);
  expect([...new Set(named)]).toStrictEqual([version]);
  expect(text).toMatch(new RegExp(`Node (≥|ab) ${OLDEST_NODE.replace('.', '\\.')}`));
});
