import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A folder for files of a test file's targets, which goes with the tests. Gives a function that writes one. */
export function filesOfTest(): (name: string, content: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'targets-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}
