/** A sample in a chain that leads from the newest to the oldest one. */
interface Link<Value> {
  readonly atMs: number;
  readonly value: Value;
  readonly older: Link<Value> | null;
  /** Time of the chain's last link. */
  readonly oldestMs: number;
}

/** Counters that are judged together, over the last 30 s. */
export type CountersWindow = Link<readonly number[]> | null;

/** Values of the last 60 s. */
export type ValuesWindow = Link<number> | null;

/** Percentages and rates are of this long. */
const COUNTERS_SPAN_MS = 30_000;
/** Percentiles are of this long. */
const VALUES_SPAN_MS = 60_000;
/** Over less than this, one event would look like many a second. */
const MIN_RATE_SPAN_MS = 10_000;
const MIN_PERCENTILE_SAMPLES = 10;
const MS_PER_SECOND = 1_000;

/** The part of a chain that isn't older than `sinceMs`, as a chain of its own. */
function recent<Value>(chain: Link<Value> | null, sinceMs: number): Link<Value> | null {
  if (chain === null || chain.atMs < sinceMs) return null;
  const older = recent(chain.older, sinceMs);
  return { atMs: chain.atMs, value: chain.value, older, oldestMs: older?.oldestMs ?? chain.atMs };
}

/**
 * Adds a link. What is too old stays in the chain, unread, until it is as long as the span again: so a tick makes
 * one small object and the garbage collector has next to nothing to do, whatever the number of connections.
 */
function add<Value>(chain: Link<Value> | null, value: Value, atMs: number, spanMs: number): Link<Value> {
  const older = chain !== null && atMs - chain.oldestMs > 2 * spanMs ? recent(chain, atMs - spanMs) : chain;
  return { atMs, value, older, oldestMs: older?.oldestMs ?? atMs };
}

/** The oldest link that is not older than the span. */
function oldestWithin<Value>(chain: Link<Value>, spanMs: number): Link<Value> {
  let oldest = chain;
  while (oldest.older !== null && chain.atMs - oldest.older.atMs <= spanMs) oldest = oldest.older;
  return oldest;
}

/** Adds a sample. A count that fell begins the window anew; an unknown one leaves it empty. */
export function addCounts(
  window: CountersWindow,
  counts: readonly (number | null)[],
  atMs: number,
): CountersWindow {
  if (!counts.every((count) => count !== null)) return null;
  const fell = window?.value.some((count, index) => (counts[index] ?? 0) < count) ?? false;
  return add(fell ? null : window, counts, atMs, COUNTERS_SPAN_MS);
}

/** How much each count grew over the window. */
export function growth(window: CountersWindow): readonly number[] {
  if (window === null) return [];
  const oldest = oldestWithin(window, COUNTERS_SPAN_MS).value;
  return window.value.map((count, index) => count - (oldest[index] ?? 0));
}

/** Growth per second of the first count over the window; `null` while it spans less than 10 s. */
export function growthPerSecond(window: CountersWindow): number | null {
  if (window === null) return null;
  const oldest = oldestWithin(window, COUNTERS_SPAN_MS);
  const spanMs = window.atMs - oldest.atMs;
  const [now = 0] = window.value;
  const [before = 0] = oldest.value;
  return spanMs < MIN_RATE_SPAN_MS ? null : ((now - before) * MS_PER_SECOND) / spanMs;
}

/** Adds a value; an unknown one adds nothing. */
export function addValue(window: ValuesWindow, value: number | null, atMs: number): ValuesWindow {
  return value === null ? window : add(window, value, atMs, VALUES_SPAN_MS);
}

/** The values that aren't older than the window is long. */
function valuesWithin(window: ValuesWindow, nowMs: number): number[] {
  const values: number[] = [];
  for (let link = window; link !== null && nowMs - link.atMs <= VALUES_SPAN_MS; link = link.older) {
    values.push(link.value);
  }
  return values;
}

/** Percentiles by nearest rank; `null` below 10 samples. */
export function percentiles(
  window: ValuesWindow,
  nowMs: number,
  ...ranks: readonly number[]
): (number | null)[] {
  const values = valuesWithin(window, nowMs);
  if (values.length < MIN_PERCENTILE_SAMPLES) return ranks.map(() => null);
  const sorted = new Float64Array(values).sort();
  return ranks.map((rank) => sorted[Math.ceil((rank / 100) * sorted.length) - 1] ?? null);
}
