import { statfs } from 'node:fs/promises';
import type { DiskFacts, FileSystemSizes, Mount } from '../facts.ts';
import { isRemote, parseMounts, realFileSystems } from '../parse/mounts.ts';
import { readText } from './files.ts';
import type { Ask } from './patience.ts';

export interface DiskOptions {
  /** Where the host's root is mounted here, without a slash at its end. */
  readonly prefix: string;
  /** This process's own list of mounts: what isn't mounted here can't be asked for its sizes. */
  readonly mountsFile: string;
  readonly ask: Ask;
}

/** Reads the file systems of the host and their sizes. While one of another machine is silent, none such is asked. */
export async function readDisks({ prefix, mountsFile, ask }: DiskOptions): Promise<DiskFacts[] | null> {
  const text = readText(mountsFile);
  if (text === null) return null;
  const found = realFileSystems(parseMounts(text), prefix);
  const sizes = new Map<Mount, FileSystemSizes>();
  const measure = async (mount: Mount): Promise<void> => {
    try {
      sizes.set(mount, await statfs(prefix + mount.mount));
    } catch {
      // It stays without sizes.
    }
  };
  const measureInTurn = async (mounts: readonly Mount[]): Promise<void> => {
    for (const mount of mounts) await measure(mount);
  };
  await Promise.all([
    ...found.filter((mount) => !isRemote(mount)).map((mount) => ask(mount.mount, () => measure(mount))),
    ask('remote file systems', () => measureInTurn(found.filter(isRemote))),
  ]);
  return found.map((mount) => ({ ...mount, sizes: sizes.get(mount) ?? null }));
}
