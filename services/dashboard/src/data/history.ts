import { readersOf } from '@mediamtx-monitor/model';
import type { StreamRecord, StreamsMessage } from '@mediamtx-monitor/types';

/** A tick as its server's clock and this page's saw it. */
export interface TickTimes {
  /** When it was published, in ms since 1970. */
  readonly publishedMs: number;
  /** When it came here, in ms of a clock that only goes on. */
  readonly receivedMs: number;
}

/** After more intervals without a tick, nobody knows what was in between. */
const GAP_INTERVALS = 2.5;
/** More of a gap isn't shown than the small lines are long: what was before it stays in view. */
const MAX_GAP_TICKS = 30;

/**
 * How long after the one before a tick stands on the time axis, in ms: as its server's clock says, which is even also
 * where ticks come late or several at once. Unless that can't be: then that clock was set, and what passed here counts.
 */
export function stepMs(last: TickTimes, next: TickTimes, intervalMs: number): number {
  const publishedMs = next.publishedMs - last.publishedMs;
  const receivedMs = next.receivedMs - last.receivedMs;
  const isPossible = publishedMs > 0 && publishedMs <= receivedMs + GAP_INTERVALS * intervalMs;
  return isPossible ? publishedMs : Math.max(1, receivedMs);
}

/** How many ticks of unknown numbers stand for a step: none unless it is a gap. */
export function gapTicks(step: number, intervalMs: number): number {
  if (step <= GAP_INTERVALS * intervalMs) return 0;
  return Math.min(MAX_GAP_TICKS, Math.round(step / intervalMs) - 1);
}

/** Samples kept of each stream: 10 minutes at 2 s. */
const CAPACITY = 300;
/** Streams of a server whose numbers are kept though it doesn't list them any more. */
const MAX_GONE = 30;

/** What is kept of a stream, in this order. */
export const SERIES = ['inboundMbps', 'outboundMbps', 'readers', 'rttMs', 'linkLossPercent'] as const;
export type Series = (typeof SERIES)[number];

/** What a stream's numbers were, oldest first; `null` is a number that wasn't measured. */
export interface Samples {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** Which tick each is, as `tickOf` says it; one that stands for a gap is none. */
  readonly ticks: readonly string[];
  readonly values: Readonly<Record<Series, readonly (number | null)[]>>;
}

/** What a stream was when it was last listed. */
export interface LastSeen {
  readonly record: StreamRecord;
  /** When its server was told of then (RFC 3339, UTC). */
  readonly toldAt: string;
}

/** What is kept of one stream. */
interface Kept {
  readonly values: Float32Array;
  last: LastSeen;
  /** Ticks that didn't list it. */
  missed: number;
}

/** Numbers of one server: all its streams share the ticks. */
interface ServerRing {
  /** Where each tick stands on the time axis, in ms since 1970; its slot is its number modulo the capacity. */
  readonly times: Float64Array;
  readonly ticks: string[];
  count: number;
  last: TickTimes;
  readonly streams: Map<string, Kept>;
  /** Those that aren't listed any more, the longest gone first; until nothing of them is left in the ring. */
  readonly gone: Map<string, Kept>;
}

/**
 * What was seen since the page was opened, for charts: a ring of fixed size for each stream that is there, and for a few
 * that aren't any more, so that memory stays the same for as long as the page is open.
 */
export interface History {
  /**
   * Ticks that were missed leave a gap.
   * @param receivedMs by a clock that only goes on; without it the server's clock is believed
   */
  readonly add: (message: StreamsMessage, receivedMs?: number) => void;
  readonly forget: (server: string) => void;
  /** Forgets all other servers. */
  readonly keepOnly: (servers: ReadonlySet<string>) => void;
  readonly samples: (server: string, stream: string) => Samples;
  /** What a stream was that isn't listed any more; `undefined` when nothing is kept of it. */
  readonly gone: (server: string, stream: string) => LastSeen | undefined;
  /** The newest `length` values of one series, oldest first; NaN is a number that wasn't measured. */
  readonly tail: (server: string, stream: string, series: Series, length: number) => Float32Array;
}

export function createHistory(capacity = CAPACITY): History {
  const rings = new Map<string, ServerRing>();

  /** Takes the next slot of the ring. */
  function nextSlot(ring: ServerRing, timeMs: number, tick: string): number {
    const slot = ring.count % capacity;
    ring.times[slot] = timeMs;
    ring.ticks[slot] = tick;
    ring.count += 1;
    return slot;
  }

  function leaveGap(ring: ServerRing, fromMs: number, step: number, count: number): void {
    for (let index = 1; index <= count; index += 1) {
      const at = nextSlot(ring, fromMs + (step * index) / (count + 1), '') * SERIES.length;
      for (const kept of [...ring.streams.values(), ...ring.gone.values()]) {
        kept.values.fill(NaN, at, at + SERIES.length);
      }
    }
  }

  function keptOf(ring: ServerRing, name: string, last: LastSeen): Kept {
    const kept = ring.streams.get(name) ??
      ring.gone.get(name) ?? {
        values: new Float32Array(capacity * SERIES.length).fill(NaN),
        last,
        missed: 0,
      };
    ring.gone.delete(name);
    ring.streams.set(name, kept);
    return kept;
  }

  function store(ring: ServerRing, slot: number, stream: StreamRecord, toldAt: string): void {
    const last = { record: stream, toldAt };
    const kept = keptOf(ring, stream.name, last);
    kept.last = last;
    kept.missed = 0;
    const { values } = kept;
    const at = slot * SERIES.length;
    values[at] = stream.inboundMbps ?? NaN;
    values[at + 1] = stream.outboundMbps ?? NaN;
    values[at + 2] = readersOf(stream) ?? NaN;
    values[at + 3] = stream.rttMs ?? NaN;
    values[at + 4] = stream.linkLossPercent ?? NaN;
  }

  /** Of streams that aren't listed any more nothing is measured, until their last numbers have left the ring. */
  function miss(ring: ServerRing, slot: number, streams: readonly StreamRecord[]): void {
    if (ring.streams.size !== streams.length) {
      const there = new Set(streams.map(({ name }) => name));
      for (const [name, kept] of ring.streams) {
        if (there.has(name)) continue;
        ring.streams.delete(name);
        ring.gone.set(name, kept);
      }
    }
    for (const [name, kept] of ring.gone) {
      kept.values.fill(NaN, slot * SERIES.length, (slot + 1) * SERIES.length);
      kept.missed += 1;
      if (kept.missed >= capacity || ring.gone.size > MAX_GONE) ring.gone.delete(name);
    }
  }

  /** Slots of all ticks that are kept, oldest first. */
  function slots({ count }: ServerRing): number[] {
    const kept = Math.min(count, capacity);
    return Array.from({ length: kept }, (_, index) => (count - kept + index) % capacity);
  }

  return {
    add: (message, receivedMs) => {
      const { server, intervalMs, streams } = message;
      const tick = tickOf(message);
      const publishedMs = Date.parse(message.publishedAt);
      const next = { publishedMs, receivedMs: receivedMs ?? publishedMs };
      const old = rings.get(server);
      // The same tick comes again after a reconnect.
      if (old !== undefined && old.ticks[(old.count - 1) % capacity] === tick) return;
      const ring = old ?? {
        times: new Float64Array(capacity),
        ticks: [],
        count: 0,
        last: next,
        streams: new Map<string, Kept>(),
        gone: new Map<string, Kept>(),
      };
      rings.set(server, ring);
      let timeMs = next.publishedMs;
      if (old !== undefined) {
        const lastMs = ring.times[(ring.count - 1) % capacity] ?? 0;
        const step = stepMs(ring.last, next, intervalMs);
        leaveGap(ring, lastMs, step, gapTicks(step, intervalMs));
        timeMs = lastMs + step;
      }
      ring.last = next;
      const slot = nextSlot(ring, timeMs, tick);
      for (const stream of streams) store(ring, slot, stream, message.publishedAt);
      miss(ring, slot, streams);
    },
    forget: (server) => {
      rings.delete(server);
    },
    keepOnly: (servers) => {
      for (const server of rings.keys()) if (!servers.has(server)) rings.delete(server);
    },
    samples: (server, stream) => {
      const ring = rings.get(server);
      const values = (ring?.streams.get(stream) ?? ring?.gone.get(stream))?.values;
      const used = ring === undefined || values === undefined ? [] : slots(ring);
      const column = (offset: number): (number | null)[] =>
        used.map((slot) => known(values?.[slot * SERIES.length + offset]));
      return {
        times: used.map((slot) => (ring?.times[slot] ?? 0) / 1000),
        ticks: used.map((slot) => ring?.ticks[slot] ?? ''),
        values: {
          inboundMbps: column(0),
          outboundMbps: column(1),
          readers: column(2),
          rttMs: column(3),
          linkLossPercent: column(4),
        },
      };
    },
    gone: (server, stream) => rings.get(server)?.gone.get(stream)?.last,
    tail: (server, stream, series, length) => {
      const ring = rings.get(server);
      const values = ring?.streams.get(stream)?.values;
      if (ring === undefined || values === undefined) return new Float32Array();
      const offset = SERIES.indexOf(series);
      const kept = Math.min(ring.count, capacity, length);
      const first = ring.count - kept;
      return new Float32Array(kept).map(
        (_, index) => values[((first + index) % capacity) * SERIES.length + offset] ?? NaN,
      );
    },
  };
}

/** Which tick a message is of, whatever clocks say. */
export function tickOf({ epoch, seq }: Pick<StreamsMessage, 'epoch' | 'seq'>): string {
  return `${epoch} ${seq}`;
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
