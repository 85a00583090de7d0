import type { StoredEvent } from '@mediamtx-monitor/types';
import { AvailabilityFold, type KnownNow } from '../../src/index.ts';

export const START = Date.parse('2026-11-29T00:00:00Z');
/** Seconds after the beginning of all. */
export const at = (second: number): string => new Date(START + second * 1_000).toISOString();
export const WINDOW = { fromMs: START + 1_000_000, toMs: START + 1_100_000 };
/** Seconds of the window, from 0 on. */
export const inWindow = (second: number): string => at(1_000 + second);

/** What every event has. */
export const base = {
  server: 'main',
  severity: 'info',
  since: null,
  unseenSince: null,
  cause: null,
} as const;
/** Of the stream `cam`, where it is of a stream. */
export function event(type: StoredEvent['type'], time: string, more: object = {}): StoredEvent {
  const ofStream = type.startsWith('stream.') ? { stream: 'cam', sourceType: 'srtConn', expected: null } : {};
  return { ...base, ...ofStream, type, at: time, ...more } as StoredEvent;
}

/** All was seen to the end, and nothing is known of now. */
export const OBSERVED: KnownNow = {
  streams: [],
  observedUntilMs: new Map([['main', WINDOW.toMs]]),
  keptSinceMs: -Infinity,
};

/** What is reported of events. */
export function reportOf(events: readonly StoredEvent[], known: KnownNow = OBSERVED) {
  const fold = new AvailabilityFold(WINDOW);
  for (const each of events) fold.add(each);
  return [...fold.report(known).items];
}
/** Up, down and unknown seconds of the only stream, and its percentage. */
export function times(events: readonly StoredEvent[], known?: KnownNow) {
  const [item] = reportOf(events, known);
  return item && [item.uptimeSeconds, item.downtimeSeconds, item.unknownSeconds, item.percent];
}
