import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DOCUMENTS, inProject, readText } from './support/documents.ts';
import { allCode, anchorsOf, withoutBlocks } from './support/markdown.ts';

/** Whether a link of the document at `from` leads somewhere in the project. */
function leadsSomewhere(from: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? from : posix.join(posix.dirname(from), target);
  if (!existsSync(inProject(path))) return false;
  return anchor === undefined || anchorsOf(readText(path)).includes(anchor);
}

const linksIn = (path: string): string[] =>
  [...withoutBlocks(readText(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);

/** Paths of the project that are named in code; of what is built, its source. */
const pathsIn = (path: string): string[] =>
  allCode(readText(path))
    .flatMap(
      (code) => code.match(/(?<![\w./-])(?:docker|docs|packages|scripts|services|tests)\/[\w./-]*\w/g) ?? [],
    )
    .map((named) => named.replace(/\/dist\/(.+)\.js$/, '/src/$1.ts'));

const makefile = readText('Makefile');
const targets = [...makefile.matchAll(/^([a-z-]+):.*?(?:## (.*))?$/gm)];

const targetsIn = (path: string): string[] =>
  allCode(readText(path)).flatMap((code) =>
    [...code.matchAll(/\bmake ([a-z][a-z-]*)/g)].map(([, target = '']) => target),
  );

describe.each(DOCUMENTS)('%s', (path) => {
  test('its links lead somewhere', () => {
    const inside = linksIn(path).filter((link) => !/^(https?|mailto):/.test(link));
    expect(inside.filter((link) => !leadsSomewhere(path, link))).toStrictEqual([]);
  });

  test('the files and folders it names are there', () => {
    expect(pathsIn(path).filter((named) => !existsSync(inProject(named)))).toStrictEqual([]);
  });

  test('the make targets it names are there', () => {
    const known = targets.map(([, target]) => target);
    expect(targetsIn(path).filter((target) => !known.includes(target))).toStrictEqual([]);
  });
});

test('what is looked for is found: the checks above are not empty', () => {
  expect(linksIn('README.md')).toContain('docs/operations.md#what-to-put-into-mediamtxyml');
  expect(pathsIn('docs/tour.md')).toContain('services/collector/src/main.ts');
  expect(targetsIn('README.md')).toStrictEqual(expect.arrayContaining(['start', 'images', 'release']));
});

test('every make target explains itself', () => {
  const silent = targets.filter(([, , description]) => description === undefined).map(([, target]) => target);
  expect(silent).toStrictEqual([]);
});
