import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../bench.ts';

/** Writes a MONITOR_CONFIG with these pages, and returns its path. @param ending takes what removes it */
export function statusFile(pages: readonly object[], ending = atEnd): string {
  const folder = mkdtempSync(join(tmpdir(), 'status-test-'));
  ending(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'monitor.yml');
  writeFileSync(path, JSON.stringify({ status: pages }));
  return path;
}
