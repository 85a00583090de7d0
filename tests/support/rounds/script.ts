import { expect } from '@jest/globals';
import type { Protocol, SessionRecord, StoredEvent } from '@mediamtx-monitor/types';

/** A connection that publishes or reads a stream. */
export interface Visitor {
  /** As MediaMTX calls it. */
  readonly id: string;
  readonly stream: string;
  readonly role: SessionRecord['role'];
  readonly protocol: Protocol;
}

/** One that went, and the bytes that it brought or took. */
export interface Leaver extends Visitor {
  readonly bytes: number;
}

type StepKind = 'opened' | 'closed';

/** A session's bytes may be off by such a share of what was on the wire. */
const TOLERANCE = 0.01;

/** Nobody looked while a collector was killed, and on a busy machine an answer may come too late. */
function isOfTheMachine(event: StoredEvent): boolean {
  if (event.type === 'server.unreachable') return event.status === 'timeout';
  return event.type === 'server.unobserved' || event.type === 'server.reachable';
}

/** What a script did to a MediaMTX, and what has to be told of it. */
export class RoundsScript {
  readonly #streams: readonly string[];
  readonly #steps: { readonly kind: StepKind; readonly visitor: Visitor }[] = [];
  readonly #leavers = new Map<string, Leaver>();
  readonly #holds = new Map<string, number>();

  constructor(streams: readonly string[]) {
    this.#streams = streams;
  }

  came(visitor: Visitor): void {
    this.#steps.push({ kind: 'opened', visitor });
  }

  went(leaver: Leaver): void {
    this.#steps.push({ kind: 'closed', visitor: leaver });
    this.#leavers.set(leaver.id, leaver);
  }

  /** A stream brought nothing for a while. */
  held(stream: string): void {
    this.#holds.set(stream, (this.#holds.get(stream) ?? 0) + 1);
  }

  /**
   * What is stored is what the script did: each event once, in order, none invented; each session once.
   * @returns the largest error of a session's bytes, as a share
   */
  expectTold(events: readonly StoredEvent[], sessions: readonly SessionRecord[]): number {
    const streams = new Set(this.#streams);
    const others = events.filter((event) => !('stream' in event && streams.has(event.stream)));
    expect(others.filter((event) => !isOfTheMachine(event))).toStrictEqual([]);
    for (const stream of streams) {
      this.#expectEvents(
        stream,
        events.filter((event) => 'stream' in event && event.stream === stream),
      );
      for (const role of ['publish', 'read'] as const) {
        const told = sessions.filter((session) => session.stream === stream && session.role === role);
        const closed = this.#stepsOf(stream, role).filter(({ kind }) => kind === 'closed');
        expect({ stream, role, told: told.map(({ connection }) => connection) }).toStrictEqual({
          ...{ stream, role },
          told: closed.map(({ visitor }) => visitor.id),
        });
      }
    }
    return Math.max(0, ...sessions.map((session) => this.#byteError(session)));
  }

  #stepsOf(stream: string, role: Visitor['role']) {
    return this.#steps.filter(({ visitor }) => visitor.stream === stream && visitor.role === role);
  }

  #expectEvents(stream: string, events: readonly StoredEvent[]): void {
    for (const role of ['publish', 'read'] as const) {
      const told = events.flatMap((event) =>
        (event.type === 'connection.opened' || event.type === 'connection.closed') && event.role === role
          ? [`${event.type} ${event.protocol} ${event.connection}`]
          : [],
      );
      const steps = this.#stepsOf(stream, role).map(
        ({ kind, visitor: { protocol, id } }) => `connection.${kind} ${protocol} ${id}`,
      );
      expect({ stream, told }).toStrictEqual({ stream, told: steps });
    }
    const air = events.flatMap(({ type }): StepKind[] => {
      if (type === 'stream.online' || type === 'stream.restarted') return ['opened'];
      return type === 'stream.offline' ? ['closed'] : [];
    });
    expect({ stream, air }).toStrictEqual({
      stream,
      air: this.#stepsOf(stream, 'publish').map(({ kind }) => kind),
    });
    const count = (type: StoredEvent['type']): number => events.filter((event) => event.type === type).length;
    expect(count('stream.stalled')).toBeLessThanOrEqual(this.#holds.get(stream) ?? 0);
    expect(count('stream.recovered')).toBeLessThanOrEqual(count('stream.stalled'));
    const healths = events.flatMap((event) => (event.type === 'stream.health' ? [event] : []));
    expect({ stream, from: healths.map(({ from }) => from) }).toStrictEqual({
      stream,
      from: ['ok', ...healths.map(({ to }) => to)].slice(0, healths.length),
    });
  }

  #byteError({ connection, role, inboundBytes, outboundBytes }: SessionRecord): number {
    const leaver = this.#leavers.get(connection);
    const told = role === 'publish' ? inboundBytes : outboundBytes;
    const error = Math.abs((told ?? NaN) / (leaver?.bytes ?? NaN) - 1);
    if (!(error < TOLERANCE)) throw new Error(`${told} bytes told of ${JSON.stringify(leaver)}`);
    return error;
  }
}
