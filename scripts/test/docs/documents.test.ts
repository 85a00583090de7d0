import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Declarations } from '@mediamtx-monitor/runtime/settings';
import { ALL_SETTINGS, SETTINGS_OF } from '../../src/all-settings.ts';
import { deployableServices } from '../../src/deployable-services.ts';
import { between } from '../../src/docs/between.ts';
import { DOCUMENTS } from '../../src/docs/documents.ts';
import { SECTIONS, TABLES } from '../../src/docs/sections.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const services = deployableServices(ROOT);
const readText = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');
const sortedNames = (groups: readonly Declarations[]): string[] =>
  groups.flatMap((group) => Object.keys(group)).sort();

test.each([...DOCUMENTS])(
  '%s says what the settings say; where it does not, run "make docs"',
  (path, make) => {
    const text = readText(path);
    expect(text).toBe(make(text, services));
  },
);

test('every setting stands in one table of docs/configuration.md, and in one section of .env.example', () => {
  const all = sortedNames([ALL_SETTINGS]);
  expect(sortedNames([...TABLES.values()])).toStrictEqual(all);
  expect(sortedNames(SECTIONS.map(([, settings]) => settings))).toStrictEqual(all);
});

test('services/deployable.txt lists every service whose settings are known, and no other', () => {
  expect([...services, 'simulator'].sort()).toStrictEqual(Object.keys(SETTINGS_OF).sort());
  const withMain = readdirSync(`${ROOT}services`).filter(
    (name) => !name.includes('.') && readdirSync(`${ROOT}services/${name}/src`).includes('main.ts'),
  );
  expect([...services].sort()).toStrictEqual(withMain.sort());
});

test('what stands between marks is replaced, whatever it was; without them nothing is', () => {
  expect(between('a\n  # b\nold\n  # c\nd\n', '# b', '# c', 'new\n')).toBe('a\n  # b\nnew\n  # c\nd\n');
  expect(() => between('a\n# b\n', '# b', '# c', '')).toThrow('"# b" with "# c" behind it');
  expect(() => between('a\n# c\n', '# b', '# c', '')).toThrow('"# b" with "# c" behind it');
});
