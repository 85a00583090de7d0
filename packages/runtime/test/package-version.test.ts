import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { packageVersion } from '../src/index.ts';

function packageOf(json: unknown): string {
  const root = mkdtempSync(join(tmpdir(), 'package-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'package.json'), JSON.stringify(json));
  return pathToFileURL(join(root, 'src', 'app.js')).href;
}

test('is the version of the package around the module', () => {
  expect(packageVersion(packageOf({ name: 'x', version: '1.2.3-rc.1' }))).toBe('1.2.3-rc.1');
});

test('a package without a version is a mistake', () => {
  expect(() => packageVersion(packageOf({ name: 'x' }))).toThrow('"version" is required');
});
