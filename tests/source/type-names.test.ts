import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { inProject, readText } from '../docs/support/documents.ts';

/** All sources of the project, those of its tests too, by their paths in it; new ones before they are committed. */
const SOURCES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'],
  { cwd: inProject('.'), encoding: 'utf8' },
)
  .trim()
  .split('\n')
  .filter((path) => existsSync(inProject(path)));

/** Names of the types, interfaces, classes and enums that a file declares, but for those inside of functions. */
function typeNamesIn(path: string, text: string): string[] {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    const isType =
      ts.isTypeAliasDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    return isType && statement.name !== undefined ? [statement.name.text] : [];
  });
}

/** Names that stand for more than one thing, each with the files that declare it: `Page: a.ts, b.ts`. */
function ambiguousNames(paths: readonly string[], textOf: (path: string) => string): string[] {
  const files = new Map<string, string[]>();
  for (const path of paths) {
    for (const name of typeNamesIn(path, textOf(path))) files.set(name, [...(files.get(name) ?? []), path]);
  }
  return [...files]
    .filter(([, declaring]) => declaring.length > 1)
    .map(([name, declaring]) => `${name}: ${declaring.join(', ')}`)
    .sort();
}

test('a type name stands for one thing in the whole project', () => {
  expect(SOURCES.length).toBeGreaterThan(1_000);
  expect(ambiguousNames(SOURCES, readText)).toStrictEqual([]);
});

test('a name counts however it is declared, exported or not, but not inside of functions', () => {
  const texts: Readonly<Record<string, string>> = {
    'a.ts': 'export interface Page {} type Row = string; export class Field {} enum Kind { A }',
    'b.tsx': 'class Page {} export type Row = number; const page = () => <p>no type</p>;',
    'c.ts': 'export interface Kind {} function inner() { type Field = string; return null as Field; }',
    'd.ts': "export type { Page } from './a.ts'; import type { Row } from './a.ts'; const Field = 1;",
  };
  expect(ambiguousNames(Object.keys(texts), (path) => texts[path] ?? '')).toStrictEqual([
    'Kind: a.ts, c.ts',
    'Page: a.ts, b.tsx',
    'Row: a.ts, b.tsx',
  ]);
});
