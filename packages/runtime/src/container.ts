import { existsSync, readFileSync, readlinkSync } from 'node:fs';

/** What of its surroundings a process asks about. */
export interface Surroundings {
  /** Reads a file as text, and throws where it can't. */
  readonly readFile: (path: string) => string;
  /** Reads where a symbolic link leads, and throws where it can't. */
  readonly readLink: (path: string) => string;
  readonly exists: (path: string) => boolean;
}

/** Those of this process. */
export const systemSurroundings: Surroundings = {
  readFile: (path) => readFileSync(path, 'utf8'),
  readLink: (path) => readlinkSync(path),
  exists: existsSync,
};

/** Number of the pid namespace that a machine starts with (include/linux/proc_ns.h). */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

/** Type of the file system at `/`, from the text of /proc/self/mounts: device, mount point, type, …; the last counts. */
function rootType(mounts: string): string | undefined {
  const fields = mounts.split('\n').map((line) => line.split(' '));
  return fields.findLast(([, mount]) => mount === '/')?.[2];
}

/**
 * Whether this is a container of Docker, Podman or Kubernetes. Their marks alone may also be in a virtual machine that
 * was made of an image; but such a one has a disk as its root, and the first pid namespace. A system container (LXC)
 * is a host of its own.
 */
export function isContainer(
  env: Readonly<Record<string, string | undefined>>,
  { readFile, readLink, exists }: Surroundings,
): boolean {
  const isMarked =
    exists('/.dockerenv') || exists('/run/.containerenv') || env['KUBERNETES_SERVICE_HOST'] !== undefined;
  if (!isMarked) return false;
  try {
    return (
      rootType(readFile('/proc/self/mounts')) === 'overlay' ||
      readLink('/proc/self/ns/pid') !== FIRST_PID_NAMESPACE
    );
  } catch {
    return true;
  }
}
