import type { StoredEvent } from '@mediamtx-monitor/types';

/** A time (Unix time in ms), and another one after it. */
export interface ReportWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Times of an event (Unix time in ms): when it was seen; when it began; when it had last been looked, if that tells. */
export interface EventTimes {
  readonly atMs: number;
  readonly beganMs: number;
  readonly unseenMs: number | null;
}

export function eventTimes({ at, since, unseenSince }: StoredEvent): EventTimes {
  const atMs = Date.parse(at);
  return {
    atMs,
    beganMs: since === null ? atMs : Math.min(atMs, Date.parse(since)),
    unseenMs: unseenSince === null ? null : Date.parse(unseenSince),
  };
}

/** RFC 3339, UTC. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
