import type { LoadFacts, MemoryFacts } from '../facts.ts';
import { parseCount, parseDecimal, words } from './number.ts';

const BYTES_PER_KIB = 1_024;

/** Reads proc/loadavg: `0.20 0.18 0.12 1/80 11206`. */
export function parseLoad(text: string): LoadFacts {
  const [load1, load5, load15] = words(text).map(parseDecimal);
  return { load1: load1 ?? null, load5: load5 ?? null, load15: load15 ?? null };
}

/** Reads proc/uptime, whose first number is the time since the start in seconds. */
export function parseUptime(text: string): number | null {
  return parseDecimal(words(text)[0]);
}

/** Reads proc/meminfo: lines as `MemTotal: 16384 kB`. MemAvailable came with kernel 3.14. */
export function parseMemory(text: string): MemoryFacts {
  const bytesOf = (name: string): number | null => {
    const kibibytes = parseCount(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
    return kibibytes === null ? null : kibibytes * BYTES_PER_KIB;
  };
  return {
    totalBytes: bytesOf('MemTotal'),
    availableBytes: bytesOf('MemAvailable'),
    swapTotalBytes: bytesOf('SwapTotal'),
    swapFreeBytes: bytesOf('SwapFree'),
  };
}

/** Reads os-release (freedesktop.org): name and version for people, else the plain name. */
export function parseOsRelease(text: string): string | null {
  const valueOf = (name: string): string | null => {
    const value = new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
    const unquoted = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
    return unquoted === '' ? null : unquoted.replaceAll(/\\(["'$`\\])/g, '$1');
  };
  return valueOf('PRETTY_NAME') ?? valueOf('NAME');
}

/** The first line of a file that holds one word; `null` when that is empty. */
export function parseWord(text: string): string | null {
  return words(text)[0] ?? null;
}
