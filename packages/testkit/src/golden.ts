import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The golden value kept in `file`. With `UPDATE_GOLDEN=1` the file is first written anew from `actual`; review
 * the difference before committing it.
 */
export function golden(file: URL, actual: unknown): unknown {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(fileURLToPath(file)), { recursive: true });
    writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}
