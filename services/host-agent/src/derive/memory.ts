import type { HostMemory, HostSwap } from '@mediamtx-monitor/types';
import type { MemoryFacts } from '../facts.ts';
import { less, percentOf } from './rates.ts';

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
