import type { HostDisk } from '@mediamtx-monitor/types';
import type { FileSystemSizes, HostFiles, SlowReads } from './files.ts';
import { less, percentOf } from './numbers.ts';

/** A mounted file system. */
export interface Mount {
  readonly device: string;
  /** Where it is mounted, as the host says it. */
  readonly mount: string;
  readonly type: string;
}

/** A file system and its sizes; `null` when it didn't tell. */
export interface DiskFacts extends Mount {
  readonly sizes: FileSystemSizes | null;
}

/**
 * Reads the file systems of the host and their sizes. While one of another machine is silent, none such is asked.
 * @param mounts this process's own list of mounts: what isn't mounted here can't be asked for its sizes
 */
export async function readDisks(mounts: string, files: HostFiles, slow: SlowReads): Promise<DiskFacts[]> {
  const found = realFileSystems(parseMounts(mounts), files.root);
  const sizes = new Map<Mount, FileSystemSizes | null>();
  const measure = async (mount: Mount): Promise<void> => {
    sizes.set(mount, await files.sizes(mount.mount));
  };
  const measureInTurn = async (remote: readonly Mount[]): Promise<void> => {
    for (const mount of remote) await measure(mount);
  };
  await Promise.all([
    ...found.filter((mount) => !isRemote(mount)).map((mount) => slow.read(mount.mount, () => measure(mount))),
    slow.read('remote file systems', () => measureInTurn(found.filter(isRemote))),
  ]);
  return found.map((mount) => ({ ...mount, sizes: sizes.get(mount) ?? null }));
}

/** White space and backslashes stand as octal numbers in proc/mounts. */
const unescaped = (word: string): string =>
  word.replaceAll(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(parseInt(octal, 8)));

/** Reads proc/mounts: device, mount point, type, options and two numbers, with one space after each. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [device = '', mount = '', type = ''] = line.split(' ');
    if (mount === '' || type === '') return [];
    return [{ device: device === '' ? 'none' : unescaped(device), mount: unescaped(mount), type }];
  });
}

/** File systems that hold data of their own on a disk. Images that are full by nature (squashfs, iso9660) don't. */
const LOCAL_TYPES: ReadonlySet<string> = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'zfs', 'bcachefs', 'f2fs', 'jfs', 'reiserfs', 'nilfs2'],
  ...['vfat', 'exfat', 'ntfs', 'ntfs3', 'fuseblk', 'hfsplus', 'ubifs', 'jffs2', 'ocfs2', 'gfs2'],
]);
/**
 * File systems of another machine. Other kinds of FUSE are left out: what statfs tells of them is in units that
 * Node doesn't pass on.
 */
const REMOTE_TYPES: ReadonlySet<string> = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'ceph', 'lustre', 'afs', '9p', 'virtiofs'],
]);

/** Whether a file system is another machine's, so that its answer may never come. */
export function isRemote({ type }: Mount): boolean {
  return REMOTE_TYPES.has(type);
}

/** Where container engines mount what is on other file systems already. */
const OF_ENGINES = /^\/(var\/lib\/(docker|containers|containerd|kubelet)|run\/(docker|containerd))\/./;

/**
 * The file systems to be shown, by mount point: each device once, at its shortest mount point. The root is shown
 * whatever it is, since a live system and a small board have theirs on an overlay.
 * @param root where the host's root is mounted here, without a slash at its end; only what is below is the host's
 */
export function realFileSystems(mounts: readonly Mount[], root: string): Mount[] {
  const visible = new Map<string, Mount>();
  for (const { device, mount, type } of mounts) {
    if (mount !== root && !mount.startsWith(`${root}/`)) continue;
    const onHost = mount.slice(root.length) || '/';
    // What is mounted later at the same place hides what was there.
    visible.set(onHost, { device, mount: onHost, type });
  }
  const byDevice = new Map<string, Mount>();
  for (const found of visible.values()) {
    if (!isReal(found)) continue;
    const known = byDevice.get(found.device);
    if (known === undefined || found.mount.length < known.mount.length) byDevice.set(found.device, found);
  }
  return [...byDevice.values()].sort((a, b) => (a.mount < b.mount ? -1 : 1));
}

function isReal({ mount, type }: Mount): boolean {
  if (mount === '/') return true;
  return (LOCAL_TYPES.has(type) || REMOTE_TYPES.has(type)) && !OF_ENGINES.test(mount);
}

const UNKNOWN = {
  sizeBytes: null,
  usedBytes: null,
  freeBytes: null,
  usedPercent: null,
  inodes: null,
  freeInodes: null,
};

/**
 * A file system as df shows it: used are all blocks but the free ones, free those that anyone may write, and the
 * percentage is of these two, since a reserve for root is neither.
 */
export function deriveDisk({ device, mount, type, sizes }: DiskFacts): HostDisk {
  // One that knows no sizes says 0.
  if (sizes === null || sizes.blocks === 0) return { mount, device, type, ...UNKNOWN };
  const { bsize, blocks, bfree, bavail, files, ffree } = sizes;
  const used = less(blocks, bfree);
  // A debt of the reserve, on some servers of NFS, is a negative number that comes as a very large one.
  const free = bavail > blocks ? null : bavail;
  const hasInodes = files > 0;
  return {
    mount,
    device,
    type,
    sizeBytes: blocks * bsize,
    usedBytes: used === null ? null : used * bsize,
    freeBytes: free === null ? null : free * bsize,
    usedPercent: used === null || free === null ? null : percentOf(used, used + free),
    inodes: hasInodes ? files : null,
    freeInodes: hasInodes ? ffree : null,
  };
}
