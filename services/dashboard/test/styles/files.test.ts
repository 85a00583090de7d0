import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const folder = join(import.meta.dirname, '../../src/styles');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const names = readdirSync(folder).filter((name) => name !== 'index.css');

test.each(names)('%s is no longer than sources may be, and part of the page', (name) => {
  expect(read(name).trimEnd().split('\n').length).toBeLessThanOrEqual(300);
  expect(read('index.css')).toContain(`@import './${name}';`);
});

test('what a class looks like by itself stands in one file', () => {
  const files = new Map<string, Set<string>>();
  for (const name of names) {
    for (const [, word = ''] of read(name).matchAll(/^\.([\w-]+) \{/gm)) {
      files.set(word, (files.get(word) ?? new Set()).add(name));
    }
  }
  expect([...files].filter(([, where]) => where.size > 1)).toStrictEqual([]);
});
