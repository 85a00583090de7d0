import type { StoredEvent } from '@mediamtx-monitor/types';

const MS_PER_SECOND = 1_000;
/** A stream that is live again so soon after it was restarted; later it came on air anew. */
export const RESTART_WITHIN_MS = 600_000;

/**
 * When something happened that an event tells of (Unix time in ms): as it tells of how a stream ran, and else when it was
 * seen. Outages begin and end by this everywhere.
 */
export function happenedMs({ type, at, since }: Pick<StoredEvent, 'type' | 'at' | 'since'>): number {
  const atMs = Date.parse(at);
  const isOfRun = type.startsWith('stream.') && type !== 'stream.health';
  return isOfRun && since !== null ? Math.min(atMs, Date.parse(since)) : atMs;
}

/** Whether nobody saw when it happened, and nothing else tells that either: it was then at the latest. */
export function isUnseen(event: Pick<StoredEvent, 'type' | 'at' | 'since' | 'unseenSince'>): boolean {
  return event.unseenSince !== null && happenedMs(event) === Date.parse(event.at);
}

/** How long something took, in seconds: as whole as the times are that are shown of it, so that they fit. */
export function secondsBetween(fromMs: number, toMs: number): number {
  return Math.floor(toMs / MS_PER_SECOND) - Math.floor(fromMs / MS_PER_SECOND);
}
