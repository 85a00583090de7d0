import type { StreamsMessage } from '@mediamtx-monitor/types';

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
