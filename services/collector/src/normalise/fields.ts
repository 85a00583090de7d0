/** An object from outside, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object, or `null` where it isn't one. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A text that isn't empty, or `null`. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A text or number as text, or `null`: MediaMTX tells an AV1 profile as a number, an H.264 one as text. */
export function asLabel(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : asText(value);
}

export function asFlag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/**
 * Counters and measures of MediaMTX are never negative. Some of SRT's are unsigned subtractions that wrap to
 * nearly 2^64; nothing real is that large.
 */
const LARGEST_REAL = Number.MAX_SAFE_INTEGER;

/** A finite number from 0 on, or `null`. */
export function asMeasure(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= LARGEST_REAL ? value : null;
}

/** Go's zero time, by which MediaMTX says "never". */
const YEAR_OF_NEVER = '0001-';

/** Unix time in ms of an RFC 3339 time with any offset and number of fraction digits, or `null`. */
export function asTimeMs(value: unknown): number | null {
  if (typeof value !== 'string' || value.startsWith(YEAR_OF_NEVER)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
