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

/** A finite number from 0 on, or `null`: MediaMTX's counters and measures are never negative. */
export function asMeasure(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
