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
function stepMs(last: TickTimes, next: TickTimes, intervalMs: number): number {
  const publishedMs = next.publishedMs - last.publishedMs;
  const receivedMs = next.receivedMs - last.receivedMs;
  const isPossible = publishedMs > 0 && publishedMs <= receivedMs + GAP_INTERVALS * intervalMs;
  return isPossible ? publishedMs : Math.max(1, receivedMs);
}

/** How many ticks of unknown numbers stand for a step: none unless it is a gap. */
function gapTicks(step: number, intervalMs: number): number {
  if (step <= GAP_INTERVALS * intervalMs) return 0;
  return Math.min(MAX_GAP_TICKS, Math.round(step / intervalMs) - 1);
}

/** Samples kept of each stream: 10 minutes at 2 s. */
export const CAPACITY = 300;
/** Streams of a server whose numbers are kept though it doesn't list them any more. */
const MAX_GONE = 30;

/** What is kept of a stream, in this order. */
const SERIES = ['inboundMbps', 'outboundMbps', 'readers', 'rttMs', 'linkLossPercent'] as const;
export type Series = (typeof SERIES)[number];

/** What a stream's numbers were, oldest first; `null` is a number that wasn't measured. */
export interface StreamSamples {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** Which tick each is, as `tickOf` says it; one that stands for a gap is none. */
  readonly ticks: readonly string[];
  readonly values: Readonly<Record<Series, readonly (number | null)[]>>;
}

/** What a stream was when it was last listed. */
export interface LastSeen {
  readonly record: StreamRecord;
  /** When that was so (RFC 3339, UTC). */
  readonly asOf: string;
}

/** What is kept of one stream. */
interface KeptStream {
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
  readonly streams: Map<string, KeptStream>;
  /** Those that aren't listed any more, the longest gone first; until nothing of them is left in the ring. */
  readonly gone: Map<string, KeptStream>;
}

/**
 * What was seen since the page was opened, for charts: a ring of fixed size for each stream that is there, and for a few
 * that aren't any more, so that memory stays the same for as long as the page is open.
 */
export class StreamHistory {
  readonly #capacity: number;
  readonly #rings = new Map<string, ServerRing>();

  /** @param capacity samples kept of each stream */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  /**
   * Ticks that were missed leave a gap.
   * @param receivedMs by a clock that only goes on; without it the server's clock is believed
   */
  add(message: StreamsMessage, receivedMs?: number): void {
    const { server, intervalMs, streams } = message;
    const tick = tickOf(message);
    const publishedMs = Date.parse(message.publishedAt);
    const next = { publishedMs, receivedMs: receivedMs ?? publishedMs };
    const old = this.#rings.get(server);
    // The same tick comes again after a reconnect.
    if (old !== undefined && old.ticks[(old.count - 1) % this.#capacity] === tick) return;
    const ring = old ?? {
      times: new Float64Array(this.#capacity),
      ticks: [],
      count: 0,
      last: next,
      streams: new Map<string, KeptStream>(),
      gone: new Map<string, KeptStream>(),
    };
    this.#rings.set(server, ring);
    let timeMs = next.publishedMs;
    if (old !== undefined) {
      const lastMs = ring.times[(ring.count - 1) % this.#capacity] ?? 0;
      const step = stepMs(ring.last, next, intervalMs);
      this.#leaveGap(ring, lastMs, step, gapTicks(step, intervalMs));
      timeMs = lastMs + step;
    }
    ring.last = next;
    const slot = this.#nextSlot(ring, timeMs, tick);
    for (const stream of streams) this.#store(ring, slot, stream, message.publishedAt);
    this.#miss(ring, slot, streams);
  }

  forget(server: string): void {
    this.#rings.delete(server);
  }

  /** Forgets all other servers. */
  keepOnly(servers: ReadonlySet<string>): void {
    for (const server of this.#rings.keys()) if (!servers.has(server)) this.#rings.delete(server);
  }

  samples(server: string, stream: string): StreamSamples {
    const ring = this.#rings.get(server);
    const values = (ring?.streams.get(stream) ?? ring?.gone.get(stream))?.values;
    const used = ring === undefined || values === undefined ? [] : this.#slots(ring);
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
  }

  /** What a stream was that isn't listed any more; `undefined` when nothing is kept of it. */
  gone(server: string, stream: string): LastSeen | undefined {
    return this.#rings.get(server)?.gone.get(stream)?.last;
  }

  /** The newest `length` values of one series, oldest first; NaN is a number that wasn't measured. */
  tail(server: string, stream: string, series: Series, length: number): Float32Array {
    const ring = this.#rings.get(server);
    const values = ring?.streams.get(stream)?.values;
    if (ring === undefined || values === undefined) return new Float32Array();
    const offset = SERIES.indexOf(series);
    const kept = Math.min(ring.count, this.#capacity, length);
    const first = ring.count - kept;
    return new Float32Array(kept).map(
      (_, index) => values[((first + index) % this.#capacity) * SERIES.length + offset] ?? NaN,
    );
  }

  /** Takes the next slot of the ring. */
  #nextSlot(ring: ServerRing, timeMs: number, tick: string): number {
    const slot = ring.count % this.#capacity;
    ring.times[slot] = timeMs;
    ring.ticks[slot] = tick;
    ring.count += 1;
    return slot;
  }

  #leaveGap(ring: ServerRing, fromMs: number, step: number, count: number): void {
    for (let index = 1; index <= count; index += 1) {
      const at = this.#nextSlot(ring, fromMs + (step * index) / (count + 1), '') * SERIES.length;
      for (const kept of [...ring.streams.values(), ...ring.gone.values()]) {
        kept.values.fill(NaN, at, at + SERIES.length);
      }
    }
  }

  #store(ring: ServerRing, slot: number, stream: StreamRecord, asOf: string): void {
    const last = { record: stream, asOf };
    const kept = this.#keptOf(ring, stream.name, last);
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

  #keptOf(ring: ServerRing, name: string, last: LastSeen): KeptStream {
    const kept = ring.streams.get(name) ??
      ring.gone.get(name) ?? {
        values: new Float32Array(this.#capacity * SERIES.length).fill(NaN),
        last,
        missed: 0,
      };
    ring.gone.delete(name);
    ring.streams.set(name, kept);
    return kept;
  }

  /** Of streams that aren't listed any more nothing is measured, until their last numbers have left the ring. */
  #miss(ring: ServerRing, slot: number, streams: readonly StreamRecord[]): void {
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
      if (kept.missed >= this.#capacity || ring.gone.size > MAX_GONE) ring.gone.delete(name);
    }
  }

  /** Slots of all ticks that are kept, oldest first. */
  #slots({ count }: ServerRing): number[] {
    const kept = Math.min(count, this.#capacity);
    return Array.from({ length: kept }, (_, index) => (count - kept + index) % this.#capacity);
  }
}

/** Which tick a message is of, whatever clocks say. */
export function tickOf({ epoch, seq }: Pick<StreamsMessage, 'epoch' | 'seq'>): string {
  return `${epoch} ${seq}`;
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
