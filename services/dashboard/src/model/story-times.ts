import type { MonitorEvent } from '@mediamtx-monitor/types';

/** What one thing brings about is seen within a few ticks, which are at most 5 s long. */
export const NEAR_MS = 15_000;

/** Whether an event was seen so shortly after a moment that it may be of the same thing. */
export function isNear(ms: number, { at }: Pick<MonitorEvent, 'at'>): boolean {
  return Math.abs(Date.parse(at) - ms) <= NEAR_MS;
}

/** When it began of which an event tells the end and the length; `null` where it doesn't tell that. */
export function beganBefore(at: string, lastedMs: number | null): number | null {
  return lastedMs === null ? null : Date.parse(at) - lastedMs;
}
