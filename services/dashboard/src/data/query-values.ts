import { isTime } from '@mediamtx-monitor/types';

/** No range around a later one reaches back before the years that RFC 3339 has. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');

/** @param text RFC 3339, of the years 0001 to 9999, or nothing @returns Unix ms */
export function parseTime(text: string | null): number | null {
  const time = isTime(text) ? Date.parse(text) : NaN;
  return time >= FIRST_MS ? time : null;
}

/** To the second, without those that are 0. @param time Unix ms */
export function timeText(time: number | null): string {
  return time === null ? '' : new Date(time).toISOString().replace(/(:00)?\.\d+Z$/, 'Z');
}

export function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | undefined {
  return allowed.find((one) => one === text);
}

/** Those that are allowed, each once. */
export function known<T extends string>(allowed: readonly T[], texts: readonly string[]): readonly T[] {
  return allowed.filter((one) => texts.includes(one));
}
