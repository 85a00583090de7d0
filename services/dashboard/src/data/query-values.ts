/** @param text RFC 3339, or nothing @returns Unix ms */
export function parseTime(text: string | null): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
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
