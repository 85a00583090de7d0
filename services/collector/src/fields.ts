import { createHash } from 'node:crypto';
import { END_OF_TIMES_MS } from '@mediamtx-monitor/types';

/** An object from outside, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object, or `null` where it isn't one. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The value of a JSON text, or `null` where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Whoever publishes may choose names, and some protocols let them be as long as a book. */
const MAX_TEXT = 1_000;
const KEPT_OF_LONGER = 960;
const DIGEST_CHARACTERS = 16;

/** The beginning of a text, and what tells it from all others that begin so. */
function shortened(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_CHARACTERS);
  // A copy: a part of a text keeps the whole in memory.
  const kept = Buffer.from(text.slice(0, KEPT_OF_LONGER)).toString();
  return `${kept}…${digest}`;
}

/** A text that isn't empty, or `null`; one of over 1,000 characters is shortened, the same one always alike. */
export function asText(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  return value.length > MAX_TEXT ? shortened(value) : value;
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

/** A whole number from 0 on, or `null`: bytes and packets aren't there by halves. */
export function asCount(value: unknown): number | null {
  return Number.isSafeInteger(value) ? asMeasure(value) : null;
}

/** Go's zero time, by which MediaMTX says "never". */
const YEAR_OF_NEVER = '0001-';
const BEGIN_OF_TIMES_MS = -62_167_219_200_000;

/** Unix time in ms of an RFC 3339 time with any offset and number of fraction digits, or `null`. */
export function asTimeMs(value: unknown): number | null {
  if (typeof value !== 'string' || value.startsWith(YEAR_OF_NEVER)) return null;
  const ms = Date.parse(value);
  return ms >= BEGIN_OF_TIMES_MS && ms < END_OF_TIMES_MS ? ms : null;
}
