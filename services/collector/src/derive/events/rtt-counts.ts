import { rounded } from '@mediamtx-monitor/model';

/**
 * How often round-trip times were seen, by their size: pairs of a bucket's number and its count, in one flat array.
 * Buckets grow by a tenth, so that a percentile is within 5 %; those of one connection are some 5 to 20.
 */
export type RttCounts = readonly number[];

const RATIO = 1.1;
/** A shorter one counts as this. */
const SHORTEST_MS = 0.01;
/** From a hundredth of a millisecond to days. */
const MOST_BUCKETS = 250;

/** Never -0, which JSON doesn't have. */
const bucketOf = (rttMs: number): number =>
  Math.round(Math.log(Math.max(rttMs, SHORTEST_MS)) / Math.log(RATIO)) + 0;

/** Counts one more. */
export function addRtt(counts: RttCounts, rttMs: number): RttCounts {
  const bucket = bucketOf(rttMs);
  const next = counts.slice();
  for (let index = 0; index < next.length; index += 2) {
    if (next[index] !== bucket) continue;
    next[index + 1] = (next[index + 1] ?? 0) + 1;
    return next;
  }
  if (next.length < 2 * MOST_BUCKETS) next.push(bucket, 1);
  return next;
}

/**
 * A percentile by nearest rank; `null` where none was counted.
 * @param worstMs the longest one, which no percentile is above
 */
export function rttPercentile(counts: RttCounts, rank: number, worstMs: number | null): number | null {
  const pairs: (readonly [bucket: number, count: number])[] = [];
  for (let index = 0; index < counts.length; index += 2)
    pairs.push([counts[index] ?? 0, counts[index + 1] ?? 0]);
  const all = pairs.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.ceil((rank / 100) * all);
  for (const [bucket, count] of pairs.sort(([a], [b]) => a - b)) {
    left -= count;
    if (left <= 0) return rounded(Math.min(RATIO ** bucket, worstMs ?? Infinity), 2);
  }
  return null;
}

/** Reads counts back; none where they can't be understood. */
export function rttCountsIn(value: unknown): RttCounts {
  if (!Array.isArray(value) || value.length % 2 !== 0 || value.length > 2 * MOST_BUCKETS) return [];
  return value.every(Number.isSafeInteger) ? (value as number[]) : [];
}
