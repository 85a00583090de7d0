import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Path of a built program. */
export function builtMain(folder: string): string {
  return join(root, folder, 'main.js');
}

const BUILT = [
  ...['scripts/dist/start', 'packages/simulator/dist', 'services/collector/dist', 'services/api/dist'].map(
    builtMain,
  ),
  join(root, 'services/dashboard/dist/index.html'),
];

/** Fails with a plain sentence where the programs that a test runs have not been built. */
export function needsBuild(): void {
  for (const path of BUILT) {
    if (!existsSync(path)) throw new Error(`${path} is missing: run "make build" first`);
  }
}
