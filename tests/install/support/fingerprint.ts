import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below a folder that could have changed: kind, mode, time, size and target of each name. */
export function fingerprintOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { mode, mtimeMs, size } = lstatSync(path);
      const target = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : '';
      return [name, mode, mtimeMs, size, target].join(' ');
    });
}
