import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const STATEMENT = /^(?:import|export)\s(?!type\s)(?:[^;'"]*?\sfrom\s)?['"]([^'"]+)['"];/gm;

/** All modules that a source file imports at run time, over any number of hops. */
function importedBy(file: URL, found = new Set<string>()): Set<string> {
  const text = readFileSync(file, 'utf8');
  for (const [, specifier = ''] of text.matchAll(STATEMENT)) {
    const module = specifier.startsWith('.') ? new URL(specifier, file).href : specifier;
    if (found.has(module)) continue;
    found.add(module);
    if (specifier.startsWith('.')) importedBy(new URL(module), found);
  }
  return found;
}

const src = new URL('../src/', import.meta.url);

test('the root entry point needs no package at all, so that browsers may use it', () => {
  const modules = [...importedBy(new URL('index.ts', src))];
  expect(modules).toContain(new URL('message.ts', src).href);
  expect(modules.filter((module) => !module.startsWith(src.href))).toStrictEqual([]);
});

test('joi comes in only through the schemas entry point', () => {
  expect(importedBy(new URL('schemas/index.ts', src))).toContain('joi');
});
