import { connectionRecord, streamRecord } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord, Reason, StreamRecord } from '@mediamtx-monitor/types';

/** After so many ticks all streams are where they were: what a page keeps is compared at multiples of it. */
export const PERIOD_TICKS = 30;
export const TICK_MS = 2_000;
/** The stream that is always live: its page can be watched. */
export const WATCHED = 'regular/0';
/** Every so many-th stream is a guest. */
const GUEST_OF = 4;
/** Those of the first hundred streams that are no guests: rows that are looked at are theirs. */
export const REMEMBERED: readonly string[] = Array.from({ length: 100 }, (_, index) => index)
  .filter((index) => index === 0 || index % GUEST_OF !== 0)
  .map((index) => `regular/${index}`);
/** What is looked at while it stays open; lists have ribbons of the last day. */
export const WATCHED_VIEWS = {
  list: '?',
  groups: '?group=1&sort=name&closed=guest/',
  cards: '?view=cards',
  wall: '?view=wall&sort=-inboundMbps',
  board: '?kiosk=1',
  boardOfCards: '?kiosk=1&view=cards',
  stream: `?stream=main/${WATCHED}`,
  servers: '?view=servers',
} as const;
/** Readers of the watched stream at a tick, and what arrives of it: a number that stands nowhere else on the page. */
const COUNTED_FROM = 1_000_000;

/** What is told at a tick. */
export interface TickTraffic {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** Readers of all streams: tells which tick a page shows. */
  readonly readers: number;
}

/**
 * Made-up streams that come and go, so that a page that stays open meets all of it again and again: a quarter are guests
 * that go live, stall, go missing and are gone, each time under a new name; others go missing and come back, or have a
 * lossy link for a while.
 */
export function trafficAt(tick: number, count: number, startMs: number): TickTraffic {
  const streams = Array.from({ length: count }, (_, index) => streamAt(index, tick, startMs)).flat();
  return {
    streams,
    connections: connectionsAt(tick, startMs),
    readers: readersAt(tick),
  };
}

/** @returns the number, which stands on every page that shows this tick */
export function readersAt(tick: number): number {
  return COUNTED_FROM + tick;
}

/** What stands on the page of the watched stream, and first on a wall that what arrives most comes first on. */
function countedAt(tick: number): Pick<StreamRecord, 'readers' | 'inboundMbps'> {
  return { readers: readersAt(tick), inboundMbps: readersAt(tick) };
}

/** When a tick is published, in ms since 1970. */
export function timeAt(tick: number, startMs: number): number {
  return startMs + tick * TICK_MS;
}

function streamAt(index: number, tick: number, startMs: number): readonly StreamRecord[] {
  const at = tick + 7 * index;
  const phase = at % PERIOD_TICKS;
  const since = new Date(timeAt(tick - phase, startMs)).toISOString();
  if (index === 0) return [{ ...live(WATCHED, since, tick), ...countedAt(tick) }];
  if (index % GUEST_OF === 0)
    return guest(`guest/${index}-${Math.floor(at / PERIOD_TICKS)}`, phase, since, tick);
  const name = `regular/${index}`;
  if (index % 10 === 9) return [streamRecord({ name, since })];
  if (index % 5 === 0 && phase < 6) return [missing(name, since)];
  const stream = live(name, since, tick + index);
  if (index % 5 !== 1 || phase > 10) return [stream];
  return [{ ...stream, health: 'warning', linkLossPercent: 6, reasons: [reason('link-loss', since)] }];
}

function guest(name: string, phase: number, since: string, tick: number): readonly StreamRecord[] {
  if (phase < 15) return [live(name, since, tick)];
  if (phase < 18) {
    const stalled = reason('stalled', since, 'critical');
    return [{ ...live(name, since, tick), state: 'stalled', health: 'critical', reasons: [stalled] }];
  }
  return phase < 25 ? [missing(name, since)] : [];
}

function live(name: string, since: string, tick: number): StreamRecord {
  const wave = 1 + 0.3 * Math.sin((2 * Math.PI * tick) / PERIOD_TICKS);
  return streamRecord({
    name,
    since,
    sourceType: 'srtConn',
    tracks: ['H264', 'MPEG-4 Audio'],
    state: 'live',
    inboundMbps: 4 * wave,
    outboundMbps: 8 * wave,
    rttMs: 20 * wave,
    rtt: 20 * wave,
    latencyMs: 200,
    linkLossPercent: 0,
  });
}

function missing(name: string, since: string): StreamRecord {
  return streamRecord({
    name,
    since,
    state: 'missing',
    health: 'warning',
    inboundMbps: null,
    outboundMbps: null,
    reasons: [reason('off-air', since)],
  });
}

function reason(code: Reason['code'], since: string, severity: Reason['severity'] = 'warning'): Reason {
  return { code, severity, measured: 6, limit: 5, since };
}

/** Who publishes and watches the watched stream; one viewer leaves and another comes each period. */
function connectionsAt(tick: number, startMs: number): readonly ConnectionRecord[] {
  const since = new Date(startMs).toISOString();
  const own = { stream: WATCHED, since };
  const guestNumber = Math.floor(tick / PERIOD_TICKS);
  return [
    connectionRecord({ ...own, id: 'publisher', role: 'publish', inboundMbps: 4 }),
    ...Array.from({ length: 9 }, (_, index) => connectionRecord({ ...own, id: `viewer-${index}` })),
    connectionRecord({ ...own, id: `viewer-of-${guestNumber}` }),
  ];
}
