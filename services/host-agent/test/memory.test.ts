import { describe, expect, test } from '@jest/globals';
import { HostFiles } from '../src/files.ts';
import { deriveMemory, deriveSwap, parseMemory, readMemory } from '../src/memory.ts';
import { ARM_BOARD } from './support/arm-board.ts';
import { growTree } from './support/tree.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

describe('what is read', () => {
  test('of a virtual machine without swap', () => {
    expect(parseMemory(VIRTUAL_MACHINE['proc/meminfo'] ?? '')).toStrictEqual({
      totalBytes: 24_684_096 * 1_024,
      availableBytes: 20_690_800 * 1_024,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
    });
  });

  test('of a board with swap', () => {
    expect(parseMemory(ARM_BOARD['proc/meminfo'] ?? '')).toMatchObject({
      swapTotalBytes: 102_396 * 1_024,
      swapFreeBytes: 51_198 * 1_024,
    });
  });

  test('of a kernel before 3.14, which doesn’t tell what is available', () => {
    const text = 'MemTotal:  2048 kB\nMemFree:  1024 kB\nBuffers: 10 kB\nSwapTotal: 4 kB\nSwapFree: 4 kB\n';
    expect(parseMemory(text)).toStrictEqual({
      totalBytes: 2_097_152,
      availableBytes: null,
      swapTotalBytes: 4_096,
      swapFreeBytes: 4_096,
    });
  });

  test.each([
    ['nothing', ''],
    ['another unit', 'MemTotal: 24 MB\nMemAvailable: 20\n'],
    ['names that only end alike', 'XMemTotal: 1 kB\nXSwapFree: 1 kB\n'],
  ])('%s tells nothing', (_what, text) => {
    expect(Object.values(parseMemory(text))).toStrictEqual([null, null, null, null]);
  });

  test('is proc/meminfo below the root; without that file nothing is told', () => {
    const tree = growTree(ARM_BOARD);
    try {
      const files = new HostFiles(tree.root);
      expect(readMemory(files)).toStrictEqual(parseMemory(ARM_BOARD['proc/meminfo'] ?? ''));
      tree.cut('proc/meminfo');
      expect(readMemory(files)).toStrictEqual(parseMemory(''));
    } finally {
      tree.fell();
    }
  });
});

const facts = { totalBytes: 1_000, availableBytes: 250, swapTotalBytes: 400, swapFreeBytes: 100 };

test('used is what isn’t available', () => {
  expect(deriveMemory(facts)).toStrictEqual({
    totalBytes: 1_000,
    availableBytes: 250,
    usedBytes: 750,
    usedPercent: 75,
  });
  expect(deriveSwap(facts)).toStrictEqual({ totalBytes: 400, usedBytes: 300, usedPercent: 75 });
});

test('without swap none is used, and there is no percentage', () => {
  expect(deriveSwap({ ...facts, swapTotalBytes: 0, swapFreeBytes: 0 })).toStrictEqual({
    totalBytes: 0,
    usedBytes: 0,
    usedPercent: null,
  });
});

test('what isn’t told is unknown, and so is what needs it', () => {
  expect(deriveMemory({ ...facts, availableBytes: null })).toStrictEqual({
    totalBytes: 1_000,
    availableBytes: null,
    usedBytes: null,
    usedPercent: null,
  });
  expect(deriveMemory({ ...facts, availableBytes: 2_000 }).usedBytes).toBeNull();
  expect(deriveSwap({ ...facts, swapTotalBytes: null })).toStrictEqual({
    totalBytes: null,
    usedBytes: null,
    usedPercent: null,
  });
});
