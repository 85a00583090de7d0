/** Ties the monotonic clock to a calendar: at `atMs` of the one it was `wallMs` of the other. */
export interface Calendar {
  /** Monotonic time in ms. */
  readonly atMs: number;
  /** Unix time in ms. */
  readonly wallMs: number;
}

/** What Go writes for a time that was never set; MediaMTX gives it for sources that wait. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

const MILLISECONDS_END = 'YYYY-MM-DDTHH:MM:SS.mmm'.length;

/**
 * A time as MediaMTX writes it: nine fraction digits. Go drops trailing zeros, so the last digit is never 0.
 * `fraction` in [0, 1) chooses what is below the millisecond.
 */
export function goTime(calendar: Calendar, timeMs: number, fraction: number): string {
  const wall = new Date(calendar.wallMs + Math.floor(timeMs - calendar.atMs)).toISOString();
  const tens = Math.floor(fraction * 100_000);
  const last = 1 + (tens % 9);
  return `${wall.slice(0, MILLISECONDS_END)}${String(tens).padStart(5, '0')}${String(last)}Z`;
}
