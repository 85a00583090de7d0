/** A counter of MediaMTX at a moment of the monotonic clock. */
export interface CounterSample {
  readonly value: number;
  readonly atMs: number;
}

/** Two answers closer than this tell more about the network than about the stream. */
const MIN_SPAN_MS = 250;
const MS_PER_SECOND = 1_000;
const BITS_PER_BYTE = 8;
const BITS_PER_MEGABIT = 1_000_000;

/**
 * Growth of a counter per second between two answers. `null` without an earlier sample, when the counter fell (it
 * began anew), or when the answers came too close together.
 */
export function perSecond(before: CounterSample | null, now: CounterSample | null): number | null {
  if (before === null || now === null || now.value < before.value) return null;
  const spanMs = now.atMs - before.atMs;
  return spanMs < MIN_SPAN_MS ? null : ((now.value - before.value) * MS_PER_SECOND) / spanMs;
}

/** A byte counter's rate in decimal Mbit/s (10^6 bit), or `null` as for `perSecond`. */
export function megabitsPerSecond(before: CounterSample | null, now: CounterSample | null): number | null {
  const bytes = perSecond(before, now);
  return bytes === null ? null : (bytes * BITS_PER_BYTE) / BITS_PER_MEGABIT;
}

/** The sample of a counter; `null` when it wasn't told. */
export function sampleOf(value: number | null, atMs: number): CounterSample | null {
  return value === null ? null : { value, atMs };
}

/** `value` rounded to so many decimals; `null` stays. */
export function rounded(value: number | null, decimals: number): number | null {
  if (value === null) return null;
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/** A Unix time in ms as RFC 3339 text in UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
