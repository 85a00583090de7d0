import { execFile } from 'node:child_process';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Reading } from '../figure.ts';
import type { Readings } from '../figures.ts';
import type { Ending } from '../rig/ending.ts';

const BYTES_PER_MB = 1_000_000;
const PRODUCTION_TREE = fileURLToPath(new URL('../../../scripts/production-tree.sh', import.meta.url));

/** How much each service puts on a disk that is installed alone; Node itself comes to that. */
export async function benchInstalled(ending: Ending): Promise<Readings> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-installed-'));
  ending.add(() => rm(folder, { recursive: true, force: true }));
  const installed = async (service: string): Promise<Reading> => {
    const tree = join(folder, service);
    await promisify(execFile)(PRODUCTION_TREE, [tree, service]);
    return { value: (await bytesIn(tree)) / BYTES_PER_MB };
  };
  return {
    'idle-collector-installed': await installed('collector'),
    'idle-api-installed': await installed('api'),
    'idle-host-agent-installed': await installed('host-agent'),
  };
}

/** Sum of the sizes of all files of a tree; links aren't followed. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
