import type { Clock } from '@mediamtx-monitor/runtime';
import type { TopicHead } from '@mediamtx-monitor/types';
import type { Tick } from './tick.ts';

/** Data older than this many intervals is stale. */
export const STALE_INTERVALS = 3;

export interface Age {
  /** Age of the data in ms; `null` when none was ever read. */
  readonly ageMs: number | null;
  readonly stale: boolean;
}

/** How old a tick's data is; `undefined` for a bare array, of which nobody can tell. */
export function ageOf(tick: Tick<TopicHead>, clock: Clock): Age | undefined {
  if (tick.head === null) return undefined;
  const { collectedAt, publishedAt, intervalMs } = tick.head;
  const ageMs = sinceCollected(collectedAt, publishedAt, tick.receivedMs, clock);
  return { ageMs, stale: ageMs === null || ageMs > STALE_INTERVALS * intervalMs };
}

/**
 * A message was just published when it came, so from there on the monotonic clock tells its age, and clocks that
 * differ or are stepped don't matter. For a value from its key there is nothing but the wall clock.
 */
function sinceCollected(
  collectedAt: string | null,
  publishedAt: string,
  receivedMs: number | null,
  clock: Clock,
): number | null {
  if (collectedAt === null) return null;
  const collectedMs = Date.parse(collectedAt);
  const ageMs =
    receivedMs === null
      ? Math.max(0, clock.wallMs() - collectedMs)
      : Math.max(0, Date.parse(publishedAt) - collectedMs) + clock.monotonicMs() - receivedMs;
  return Number.isFinite(ageMs) ? Math.round(ageMs) : null;
}
