import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atEnd } from '../bench.ts';

export const PAGE = '<!doctype html><html lang="en"><title>Monitor</title></html>';
export const SCRIPT_PATH = '/assets/index-Dk3_x-9Q.js';
export const SCRIPT = `console.log('${'x'.repeat(2_000)}');`;

/** What a build of the dashboard looks like. */
const BUILT = {
  'index.html': PAGE,
  [SCRIPT_PATH.slice(1)]: SCRIPT,
  'assets/index-B1234567.css': 'body { margin: 0 }',
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'größe 1.txt': 'ä',
  'manifest.webmanifest': '{}',
};

/** A folder of the test's own, with these files. */
export function folderOf(files: Readonly<Record<string, string>> = BUILT): string {
  const folder = mkdtempSync(join(tmpdir(), 'static-test-'));
  atEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
