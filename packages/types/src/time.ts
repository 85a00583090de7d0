import { END_OF_TIMES_MS } from './units.ts';

const FIRST_TIME_MS = Date.parse('0000-01-01T00:00:00Z');

/** Whether a value is a time: a text that can be read as one, within four-digit years, the only ones that RFC 3339 has. */
export function isTime(value: unknown): value is string {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return ms >= FIRST_TIME_MS && ms < END_OF_TIMES_MS;
}
