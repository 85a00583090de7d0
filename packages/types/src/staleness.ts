/** Data older than this many of its intervals is stale. */
export const STALE_INTERVALS = 3;

/** How old the data about a server or host is. */
export interface Age {
  /** In ms; `null` when none was ever read, or nothing has come. */
  readonly ageMs: number | null;
  readonly stale: boolean;
}

/** From this age on data is stale, in ms. */
export function staleAfterMs(intervalMs: number): number {
  return STALE_INTERVALS * intervalMs;
}

/** Whether data is too old to be believed: older than 3 intervals, or of unknown age. */
export function isStale(ageMs: number | null, intervalMs: number): boolean {
  return ageMs === null || ageMs > staleAfterMs(intervalMs);
}

/**
 * Age of a message's data at the moment at which it was published, in ms; `null` when none was ever read. Both times are
 * of its publisher, so nobody else's clock matters; what that one dates ahead counts as of that moment.
 */
export function ageWhenPublishedMs({
  collectedAt,
  publishedAt,
}: {
  readonly collectedAt: string | null;
  readonly publishedAt: string;
}): number | null {
  return collectedAt === null ? null : Math.max(0, Date.parse(publishedAt) - Date.parse(collectedAt));
}

/** A server or host of which nothing new has come for so long is gone, in ms. */
export const GONE_MS = 86_400_000;

/** Up to this age, silence says nothing of the streams: monitors restart. */
export const NO_DATA_WARNING_MS = 30_000;

/** From this age on, silence is an alarm (`no-data`). */
export const NO_DATA_CRITICAL_MS = 60_000;

/** What silence about a server says: the least first. */
export type Silence = 'fresh' | 'quiet' | 'warning' | 'critical';

/**
 * What it says that nothing is heard of a server: `fresh` nothing, news come; `quiet` the monitor may only be starting
 * anew; `warning` for that it takes too long; `critical` an alarm (`no-data`).
 * @param silentMs time since the newest message about it was made, in ms; `null` = not known. The age of its data is
 * the same as long as its `source.status` is `up`; where MediaMTX can't be read, data gets old while messages come.
 * @param isSilent whether that is more than 3 of its intervals
 */
export function silenceOf(silentMs: number | null, isSilent: boolean): Silence {
  if (!isSilent) return 'fresh';
  if (silentMs === null || silentMs < NO_DATA_WARNING_MS) return 'quiet';
  return silentMs < NO_DATA_CRITICAL_MS ? 'warning' : 'critical';
}
