/** Counters that are judged together, at a moment of the monotonic clock. */
export interface CountersSample {
  readonly atMs: number;
  readonly counts: readonly number[];
}

/** Samples of the last seconds, oldest first. */
export type CountersWindow = readonly CountersSample[];

export interface ValueSample {
  readonly atMs: number;
  readonly value: number;
}

export const NO_COUNTERS: CountersWindow = [];
export const NO_VALUES: readonly ValueSample[] = [];

/** Percentages and rates are of this long. */
const COUNTERS_SPAN_MS = 30_000;
/** Percentiles are of this long. */
const VALUES_SPAN_MS = 60_000;
const MIN_PERCENTILE_SAMPLES = 10;
const MS_PER_SECOND = 1_000;

/** Index of the first sample that is not older than `spanMs`. */
function firstWithin(samples: readonly { readonly atMs: number }[], nowMs: number, spanMs: number): number {
  let index = 0;
  while (index < samples.length && nowMs - (samples[index]?.atMs ?? nowMs) > spanMs) index += 1;
  return index;
}

/** Adds a sample and lets old ones go. A count that fell begins the window anew; an unknown one leaves it empty. */
export function addCounts(
  window: CountersWindow,
  counts: readonly (number | null)[],
  atMs: number,
): CountersWindow {
  if (!counts.every((count) => count !== null)) return NO_COUNTERS;
  const last = window.at(-1);
  const fell = last?.counts.some((count, index) => (counts[index] ?? 0) < count) ?? false;
  const sample = { atMs, counts };
  return fell ? [sample] : [...window.slice(firstWithin(window, atMs, COUNTERS_SPAN_MS)), sample];
}

/** How much the count at `index` grew over the window. */
export function growth(window: CountersWindow, index: number): number {
  return (window.at(-1)?.counts[index] ?? 0) - (window[0]?.counts[index] ?? 0);
}

/** Growth per second of the count at `index`, over the window; `null` with less than two samples. */
export function growthPerSecond(window: CountersWindow, index: number): number | null {
  const spanMs = (window.at(-1)?.atMs ?? 0) - (window[0]?.atMs ?? 0);
  return spanMs > 0 ? (growth(window, index) * MS_PER_SECOND) / spanMs : null;
}

/** Adds a value and lets old ones go; an unknown value adds nothing. */
export function addValue(
  samples: readonly ValueSample[],
  value: number | null,
  atMs: number,
): readonly ValueSample[] {
  const kept = samples.slice(firstWithin(samples, atMs, VALUES_SPAN_MS));
  return value === null ? kept : [...kept, { atMs, value }];
}

/** Percentiles by nearest rank; `null` below 10 samples. */
export function percentiles(samples: readonly ValueSample[], ...ranks: readonly number[]): (number | null)[] {
  if (samples.length < MIN_PERCENTILE_SAMPLES) return ranks.map(() => null);
  const sorted = Float64Array.from(samples, (sample) => sample.value).sort();
  return ranks.map((rank) => sorted[Math.ceil((rank / 100) * sorted.length) - 1] ?? null);
}
