import { parseCount, words } from './number.ts';

/** What `proc/<pid>/stat` tells of a process. */
export interface ProcessStat {
  readonly name: string;
  /** Processor time in user and kernel mode (utime + stime), in clock ticks. */
  readonly cpuTicks: number | null;
  readonly threads: number | null;
  /** In clock ticks since the start of the machine. */
  readonly startTicks: number | null;
}

/** States of a process that has ended but is still listed: Z and X. */
const ENDED = /^[ZX]$/;

/**
 * Reads proc/<pid>/stat; `null` for a process that has ended. The name is in parentheses and may hold some itself;
 * field 3 comes after the last one.
 */
export function parseProcessStat(text: string): ProcessStat | null {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  if (open === -1 || close < open) return null;
  const fields = words(text.slice(close + 1));
  if (ENDED.test(fields[0] ?? '')) return null;
  const field = (number: number): number | null => parseCount(fields[number - 3]);
  const [utime, stime] = [field(14), field(15)];
  return {
    name: text.slice(open + 1, close),
    cpuTicks: utime === null || stime === null ? null : utime + stime,
    threads: field(20),
    startTicks: field(22),
  };
}

/** Reads the memory a process occupies from proc/<pid>/status (`VmRSS: 1596 kB`), in bytes. */
export function parseResidentBytes(text: string): number | null {
  const kibibytes = parseCount(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1]);
  return kibibytes === null ? null : kibibytes * 1_024;
}
