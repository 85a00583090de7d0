import { expect, test } from '@jest/globals';
import { deriveMemory, deriveSwap } from '../../src/derive/memory.ts';

const facts = { totalBytes: 1_000, availableBytes: 250, swapTotalBytes: 400, swapFreeBytes: 100 };

test('used is what isn’t available', () => {
  expect(deriveMemory(facts)).toEqual({
    totalBytes: 1_000,
    availableBytes: 250,
    usedBytes: 750,
    usedPercent: 75,
  });
  expect(deriveSwap(facts)).toEqual({ totalBytes: 400, usedBytes: 300, usedPercent: 75 });
});

test('without swap none is used, and there is no percentage', () => {
  expect(deriveSwap({ ...facts, swapTotalBytes: 0, swapFreeBytes: 0 })).toEqual({
    totalBytes: 0,
    usedBytes: 0,
    usedPercent: null,
  });
});

test('what isn’t told is unknown, and so is what needs it', () => {
  expect(deriveMemory({ ...facts, availableBytes: null })).toEqual({
    totalBytes: 1_000,
    availableBytes: null,
    usedBytes: null,
    usedPercent: null,
  });
  expect(deriveMemory({ ...facts, availableBytes: 2_000 }).usedBytes).toBeNull();
  expect(deriveSwap({ ...facts, swapTotalBytes: null })).toEqual({
    totalBytes: null,
    usedBytes: null,
    usedPercent: null,
  });
});
