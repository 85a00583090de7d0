import type { Reading } from '../figure.ts';
import { cpuMs, residentMb } from '../rig/process-cost.ts';
import type { Program } from '../rig/programs.ts';

/** A service and the plainest program that does something like it. */
export interface Pair {
  readonly ours: Program;
  readonly plain: Program;
}

/** @returns what the pair takes of a core from now until that is asked, in percent */
export function corePercent({ ours, plain }: Pair): () => Reading {
  const before = { atMs: performance.now(), ours: cpuMs(ours.pid), plain: cpuMs(plain.pid) };
  return () => {
    const elapsedMs = performance.now() - before.atMs;
    return {
      value: (100 * (cpuMs(ours.pid) - before.ours)) / elapsedMs,
      beside: (100 * (cpuMs(plain.pid) - before.plain)) / elapsedMs,
    };
  };
}

/** What both hold. */
export function memoryOf({ ours, plain }: Pair): Reading {
  return { value: residentMb(ours.pid), beside: residentMb(plain.pid) };
}
