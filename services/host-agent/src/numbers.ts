import { rounded } from '@mediamtx-monitor/model';

/** The words of a line, whatever white space is between and around them. */
export function words(line: string): string[] {
  return line.split(/\s+/).filter((word) => word !== '');
}

/** A whole number from 0 on; `null` for anything else. */
export function parseCount(word: string | undefined): number | null {
  return word !== undefined && /^\d+$/.test(word) ? Number(word) : null;
}

/** A decimal number from 0 on; `null` for anything else. */
export function parseDecimal(word: string | undefined): number | null {
  return word !== undefined && /^\d+(\.\d+)?$/.test(word) ? Number(word) : null;
}

/** Reads a line as `MemTotal: 16384 kB` of a file that has many of them, in bytes; `null` without one. */
export function parseKibibytes(text: string, name: string): number | null {
  const kibibytes = parseCount(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
  return kibibytes === null ? null : kibibytes * 1_024;
}

/** How much a counter grew; `null` when either count is unknown, and when it fell: it was reset or it wrapped. */
export function growth(before: number | null | undefined, now: number | null | undefined): number | null {
  if (before == null || now == null || now < before) return null;
  return now - before;
}

/** Growth per second; `null` when it is unknown or no time has passed. */
export function perSecond(grown: number | null, elapsedMs: number): number | null {
  return grown === null || elapsedMs <= 0 ? null : (grown * 1_000) / elapsedMs;
}

/** A part in percent of the whole; `null` when either is unknown, the whole is nothing or less than its part. */
export function percentOf(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole <= 0 || part > whole) return null;
  return rounded((part / whole) * 100, 2);
}

/** The difference of two sizes; `null` when either is unknown or it would be negative. */
export function less(size: number | null, part: number | null): number | null {
  return growth(part, size);
}
