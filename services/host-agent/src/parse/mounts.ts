import type { Mount } from '../facts.ts';

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
 * @param prefix where the host's root is mounted here, without a slash at its end; only what is below is the host's
 */
export function realFileSystems(mounts: readonly Mount[], prefix: string): Mount[] {
  const visible = new Map<string, Mount>();
  for (const { device, mount, type } of mounts) {
    if (mount !== prefix && !mount.startsWith(`${prefix}/`)) continue;
    const onHost = mount.slice(prefix.length) || '/';
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
