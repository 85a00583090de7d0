import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const TYPES = '@mediamtx-monitor/types';
const CLIENT_ENTRY = new URL('../src/index.ts', import.meta.url);
const TYPES_ENTRY = new URL('../../types/src/index.ts', import.meta.url);

/** What a module imports so that it is there when the program runs. */
function importsOf(source: string): string[] {
  const statements = source.matchAll(
    /^(?:import|export)\s(?!type\s)[^;]*?from '([^']+)';|^import '([^']+)';/gm,
  );
  return [...statements].map(([, from, alone]) => from ?? alone ?? '');
}

/** All that comes with a module, besides files of its own package and the main entry of types. */
function strangersOf(entry: URL, seen = new Set<string>()): string[] {
  if (seen.has(entry.href)) return [];
  seen.add(entry.href);
  return importsOf(readFileSync(entry, 'utf8')).flatMap((name) => {
    if (name === TYPES) return strangersOf(TYPES_ENTRY, seen);
    return name.startsWith('./') ? strangersOf(new URL(name, entry), seen) : [name];
  });
}

test('a browser that loads the client loads nothing but the client and plain constants', () => {
  const seen = new Set<string>();
  expect(strangersOf(CLIENT_ENTRY, seen)).toStrictEqual([]);
  expect([...seen]).toContain(TYPES_ENTRY.href);
  expect([...seen]).toContain(new URL('../src/link.ts', import.meta.url).href);
});

test('the check would notice', () => {
  const schemas = new URL('../../types/src/schemas/index.ts', import.meta.url);
  expect(
    importsOf("import Joi from 'joi';\nimport 'side-effect';\nimport type { A } from 'a';"),
  ).toStrictEqual(['joi', 'side-effect']);
  expect(importsOf(readFileSync(schemas, 'utf8')).length).toBeGreaterThan(0);
});
