import { BITS_PER_BYTE, BITS_PER_MEGABIT } from '@mediamtx-monitor/types';

/** A counter of MediaMTX at a moment of the monotonic clock. */
export interface CounterSample {
  readonly value: number;
  readonly atMs: number;
}

/** Two answers closer than this tell more about the network than about the stream. */
const MIN_SPAN_MS = 250;
const MS_PER_SECOND = 1_000;

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

/** A Unix time in ms as RFC 3339 text in UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/**
 * Samples of the last while: rows of a time and its values in one flat array of numbers, the oldest first. So a
 * sample takes a few bytes, and however many there are, the garbage collector sees one object. A window that goes
 * on from another appends to the same array; none looks beyond its own end, so none ever changes.
 */
interface SampleWindow {
  readonly rows: number[];
  /** Numbers in a row. */
  readonly width: number;
  /** Where the first row begins; what stands before is too old. */
  readonly start: number;
  /** Where the last row ends. */
  readonly end: number;
  /** Time of the last row. */
  readonly atMs: number;
}

/** Counters that are judged together, over the last 30 s. */
export type CountersWindow = SampleWindow | null;

/** Values of the last 60 s. */
export type ValuesWindow = SampleWindow | null;

/** Percentages and rates are of this long. */
const COUNTERS_SPAN_MS = 30_000;
/** Percentiles are of this long. */
const VALUES_SPAN_MS = 60_000;
/** Over less than this, one event would look like many a second. */
const MIN_RATE_SPAN_MS = 10_000;
const MIN_PERCENTILE_SAMPLES = 10;

const numberAt = ({ rows }: SampleWindow, index: number): number => rows[index] ?? 0;

/** Where the first row begins that isn't older than the span. */
function startWithin(window: SampleWindow, nowMs: number, spanMs: number): number {
  let { start } = window;
  while (start < window.end && nowMs - numberAt(window, start) > spanMs) start += window.width;
  return start;
}

/** Adds a row. Old ones stay until they are as many as the others, so that rows are seldom copied. */
function add(
  window: SampleWindow | null,
  values: readonly number[],
  atMs: number,
  spanMs: number,
): SampleWindow {
  const width = values.length + 1;
  if (window?.width !== width) return { rows: [atMs, ...values], width, start: 0, end: width, atMs };
  const start = startWithin(window, atMs, spanMs);
  const { rows, end } = window;
  const isNewest = rows.length === end;
  if (isNewest && start <= end - start) {
    rows.push(atMs, ...values);
    return { rows, width, start, end: end + width, atMs };
  }
  const recent = rows.slice(start, end);
  recent.push(atMs, ...values);
  return { rows: recent, width, start: 0, end: recent.length, atMs };
}

/** Adds a sample. A count that fell begins the window anew; an unknown one leaves it empty. */
export function addCounts(
  window: CountersWindow,
  counts: readonly (number | null)[],
  atMs: number,
): CountersWindow {
  if (!counts.every((count) => count !== null)) return null;
  const last = window === null ? 0 : window.end - counts.length;
  const fell = window !== null && counts.some((count, index) => count < numberAt(window, last + index));
  return add(fell ? null : window, counts, atMs, COUNTERS_SPAN_MS);
}

function grownIn(window: SampleWindow, column: number): number {
  return numberAt(window, window.end - window.width + column) - numberAt(window, window.start + column);
}

/** How much each count grew over the window. */
export function growth(window: CountersWindow): readonly number[] {
  const grown: number[] = [];
  if (window === null) return grown;
  for (let column = 1; column < window.width; column += 1) grown.push(grownIn(window, column));
  return grown;
}

/** Growth per second of the first count over the window; `null` while it spans less than 10 s. */
export function growthPerSecond(window: CountersWindow): number | null {
  if (window === null) return null;
  const spanMs = window.atMs - numberAt(window, window.start);
  if (spanMs < MIN_RATE_SPAN_MS) return null;
  return (grownIn(window, 1) * MS_PER_SECOND) / spanMs;
}

/** Adds a value; an unknown one adds nothing. */
export function addValue(window: ValuesWindow, value: number | null, atMs: number): ValuesWindow {
  return value === null ? window : add(window, [value], atMs, VALUES_SPAN_MS);
}

/** Percentiles by nearest rank of the values that aren't older than the window is long; `null` below 10 samples. */
export function percentiles(
  window: ValuesWindow,
  nowMs: number,
  ...ranks: readonly number[]
): (number | null)[] {
  const start = window === null ? 0 : startWithin(window, nowMs, VALUES_SPAN_MS);
  const count = window === null ? 0 : (window.end - start) / window.width;
  if (window === null || count < MIN_PERCENTILE_SAMPLES) return ranks.map(() => null);
  const sorted = new Float64Array(count);
  for (let row = 0; row < count; row += 1) sorted[row] = numberAt(window, start + row * window.width + 1);
  sorted.sort();
  return ranks.map((rank) => sorted[Math.ceil((rank / 100) * count) - 1] ?? null);
}
