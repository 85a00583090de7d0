import type { HostMemory, HostSwap } from '@mediamtx-monitor/types';
import type { HostFiles } from './files.ts';
import { less, parseKibibytes, percentOf } from './numbers.ts';

/** What `proc/meminfo` tells, in bytes. */
export interface MemoryFacts {
  readonly totalBytes: number | null;
  readonly availableBytes: number | null;
  readonly swapTotalBytes: number | null;
  readonly swapFreeBytes: number | null;
}

export function readMemory(files: HostFiles): MemoryFacts {
  return parseMemory(files.text('/proc/meminfo') ?? '');
}

/** Reads proc/meminfo: lines as `MemTotal: 16384 kB`. MemAvailable came with kernel 3.14. */
export function parseMemory(text: string): MemoryFacts {
  return {
    totalBytes: parseKibibytes(text, 'MemTotal'),
    availableBytes: parseKibibytes(text, 'MemAvailable'),
    swapTotalBytes: parseKibibytes(text, 'SwapTotal'),
    swapFreeBytes: parseKibibytes(text, 'SwapFree'),
  };
}

/** Memory, from MemTotal and MemAvailable. */
export function deriveMemory({ totalBytes, availableBytes }: MemoryFacts): HostMemory {
  const usedBytes = less(totalBytes, availableBytes);
  return { totalBytes, availableBytes, usedBytes, usedPercent: percentOf(usedBytes, totalBytes) };
}

/** Swap, from SwapTotal and SwapFree. */
export function deriveSwap({ swapTotalBytes: totalBytes, swapFreeBytes }: MemoryFacts): HostSwap {
  const usedBytes = less(totalBytes, swapFreeBytes);
  return { totalBytes, usedBytes, usedPercent: percentOf(usedBytes, totalBytes) };
}
