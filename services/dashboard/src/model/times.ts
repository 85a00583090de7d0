import type { StreamsMessage } from '@mediamtx-monitor/types';

/**
 * For how long something had lasted at the moment at which it was so, in ms. Both times are of who published it, so the
 * browser's clock needn't be right, and what is old doesn't go on counting.
 */
export function lastedMs(since: string, asOf: string): number {
  return Math.max(0, Date.parse(asOf) - Date.parse(since));
}

/**
 * How long the tick took that made a message: from its beginning, which is at a multiple of the interval by the collector's
 * clock, until it was published. A tick takes less than an interval.
 */
export function tickDurationMs({
  publishedAt,
  intervalMs,
}: Pick<StreamsMessage, 'publishedAt' | 'intervalMs'>): number {
  return Date.parse(publishedAt) % intervalMs;
}
