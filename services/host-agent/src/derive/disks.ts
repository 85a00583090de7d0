import type { HostDisk } from '@mediamtx-monitor/types';
import type { DiskFacts } from '../facts.ts';
import { less, percentOf } from './rates.ts';

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
