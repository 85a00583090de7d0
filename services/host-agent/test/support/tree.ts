import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Text of each file, by its path below a root. */
export type Tree = Readonly<Record<string, string>>;

/** A folder with the files of a machine. */
export interface GrownTree {
  readonly root: string;
  /** Writes files into it, over those of the same name. */
  readonly write: (tree: Tree) => void;
  /** Takes a file or folder away. */
  readonly cut: (path: string) => void;
  readonly fell: () => void;
}

/** Makes a folder that can be HOST_ROOT. */
export function growTree(tree: Tree): GrownTree {
  const root = mkdtempSync(join(tmpdir(), 'host-root-'));
  const write = (files: Tree): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(tree);
  return {
    root,
    write,
    cut: (path) => {
      rmSync(join(root, path), { recursive: true });
    },
    fell: () => {
      rmSync(root, { recursive: true });
    },
  };
}
