import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';
import { figuresOf } from '../protocols/index.ts';

/** What a stream's connections add to its history; `null` = not known. */
export interface LinkHistory {
  readonly rttP95Ms: number | null;
  readonly lossPercent: number | null;
  readonly discardsPerSecond: number | null;
}

/** Ticks between two looks at what is gone. */
const FORGET_EVERY = 100;

/** A count, and the tick in which it was seen. */
interface CountSeen {
  count: number;
  tick: number;
}

/** Follows what a server's connections say of its streams. */
export class LinkHistories {
  /** What was thrown away so far, by connection. */
  readonly #discards = new Map<string, CountSeen>();
  #tick = 0;

  /** What is known now. @param seconds since it was asked before */
  next(connections: readonly ConnectionRecord[], seconds: number): (stream: StreamRecord) => LinkHistory {
    const publishers = new Map<string, ConnectionRecord>();
    const grown = new Map<string, number>();
    this.#tick += 1;
    for (const connection of connections) {
      const { id, stream, role } = connection;
      if (role === 'publish') publishers.set(id, connection);
      const count = role === 'read' && stream !== null ? figuresOf(connection).discards : null;
      if (count === null || stream === null) continue;
      const growth = this.#growthOf(id, count);
      if (growth !== null) grown.set(stream, (grown.get(stream) ?? 0) + growth);
    }
    this.#forgetGone();
    return ({ name, sourceId, readers, linkLossPercent }) => {
      const growth = readers === 0 ? 0 : grown.get(name);
      const discardsPerSecond = growth === undefined ? null : growth / seconds;
      const publisher = sourceId === null ? undefined : publishers.get(sourceId);
      if (publisher === undefined) return { rttP95Ms: null, lossPercent: linkLossPercent, discardsPerSecond };
      const { rttP95Ms, lossPercent } = figuresOf(publisher);
      return { rttP95Ms, lossPercent, discardsPerSecond };
    };
  }

  /** How much a count grew since the tick before; `null` when it wasn't there then. What is there is changed in place. */
  #growthOf(id: string, count: number): number | null {
    const before = this.#discards.get(id);
    if (before === undefined) {
      this.#discards.set(id, { count, tick: this.#tick });
      return null;
    }
    const growth = before.tick === this.#tick - 1 ? Math.max(0, count - before.count) : null;
    before.count = count;
    before.tick = this.#tick;
    return growth;
  }

  /** Now and then: until then they only take room. */
  #forgetGone(): void {
    if (this.#tick % FORGET_EVERY !== 0) return;
    for (const [id, { tick }] of this.#discards) if (tick !== this.#tick) this.#discards.delete(id);
  }
}
