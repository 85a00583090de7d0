import { expect, test } from '@jest/globals';
import { deriveDisk } from '../../src/derive/disks.ts';
import type { FileSystemSizes } from '../../src/facts.ts';

const mount = { device: '/dev/sda1', mount: '/data', type: 'ext4' };
const SIZES = { bsize: 4_096, blocks: 1_000, bfree: 400, bavail: 350, files: 64, ffree: 60 };
const derive = (sizes: Partial<FileSystemSizes>) => deriveDisk({ ...mount, sizes: { ...SIZES, ...sizes } });
const UNKNOWN = {
  sizeBytes: null,
  usedBytes: null,
  freeBytes: null,
  usedPercent: null,
  inodes: null,
  freeInodes: null,
};

test('as df shows it: the reserve for root is neither used nor free', () => {
  expect(derive({})).toEqual({
    ...mount,
    sizeBytes: 4_096_000,
    usedBytes: 2_457_600,
    freeBytes: 1_433_600,
    usedPercent: 63.16,
    inodes: 64,
    freeInodes: 60,
  });
});

test('full is 100 %', () => {
  expect(derive({ bfree: 50, bavail: 0 })).toMatchObject({ freeBytes: 0, usedPercent: 100 });
});

test('where inodes have no limit they are unknown', () => {
  expect(derive({ files: 0, ffree: 0 })).toMatchObject({
    inodes: null,
    freeInodes: null,
    usedPercent: 63.16,
  });
});

test('a file system of petabytes', () => {
  expect(derive({ bsize: 131_072, blocks: 2 ** 40, bfree: 2 ** 39, bavail: 2 ** 39 })).toMatchObject({
    sizeBytes: 2 ** 57,
    usedPercent: 50,
  });
});

test('one that didn’t answer, or knows no sizes, is shown without them', () => {
  expect(deriveDisk({ ...mount, sizes: null })).toEqual({ ...mount, ...UNKNOWN });
  expect(derive({ blocks: 0, bfree: 0, bavail: 0 })).toEqual({ ...mount, ...UNKNOWN });
});

test('what can’t be is unknown', () => {
  expect(derive({ bavail: 2 ** 64 - 2_048 })).toMatchObject({ freeBytes: null, usedPercent: null });
  expect(derive({ bfree: 2_000 })).toMatchObject({ usedBytes: null, usedPercent: null });
});
