import type { Socket } from 'node:net';
import type { HeldBodies, HeldBody } from './held-bodies.ts';

export interface UnreadOptions {
  /** Connections that are open now. */
  readonly connections: ReadonlySet<Socket>;
  /** What they take of beside what was written to them. */
  readonly bodies: Pick<HeldBodies, 'of'>;
  /** Whether a live client has the connection, who is looked after by its own kind. */
  readonly isLive: (socket: Socket) => boolean;
  /**
   * Time in which something of an answer has to be taken, in ms, and so much again for each 2 MiB of it; in the same a
   * held body has to be taken whole.
   */
  readonly waitMs: number;
  /** Bytes of all answers that wait to be taken; beyond it those that wait longest are given up. */
  readonly maxBytes?: number;
}

/** An answer that its client hasn't taken yet. */
interface Waiting {
  readonly held: HeldBody | undefined;
  readonly takenBytes: number;
  /** When nothing more of it was taken. */
  readonly idleSinceMs: number;
  /** Since when it waits: of a held body from its beginning, since who takes a little of it frees nothing. */
  readonly sinceMs: number;
}

const BYTES_PER_WAIT = 2 * 1_024 * 1_024;
const MAX_BYTES = 128 * 1_024 * 1_024;

/**
 * Cuts connections whose answers aren't taken: each holds its answer in memory for as long as its client likes.
 * (Node's own time-out sees no difference between a client that reads and one that sends.)
 */
export class Unread {
  readonly #options: UnreadOptions;
  /** Those that waited at the last sweep, the longest first. */
  #waiting = new Map<Socket, Waiting>();

  constructor(options: UnreadOptions) {
    this.#options = options;
  }

  /** To be called again and again, with the monotonic time in ms. */
  sweep(nowMs: number): void {
    const { connections, bodies, isLive } = this.#options;
    const waiting = new Map<Socket, Waiting>();
    for (const socket of connections) {
      const held = bodies.of(socket);
      if ((held === undefined && socket.writableLength === 0) || isLive(socket)) continue;
      const each = this.#look(socket, held, nowMs);
      if (this.#isLate(socket, each, nowMs)) socket.destroy();
      else waiting.set(socket, each);
    }
    this.#waiting = new Map([...waiting].sort(([, a], [, b]) => a.sinceMs - b.sinceMs));
    this.#makeRoom(nowMs);
  }

  #look(socket: Socket, held: HeldBody | undefined, nowMs: number): Waiting {
    const takenBytes = socket.bytesWritten - socket.writableLength;
    const before = this.#waiting.get(socket);
    const last = before?.held === held ? before : undefined;
    const idleSinceMs = last?.takenBytes === takenBytes ? last.idleSinceMs : nowMs;
    const sinceMs = held === undefined ? idleSinceMs : (last?.sinceMs ?? nowMs);
    return { held, takenBytes, idleSinceMs, sinceMs };
  }

  #isLate({ writableLength }: Socket, { held, idleSinceMs, sinceMs }: Waiting, nowMs: number): boolean {
    return (
      nowMs - idleSinceMs >= this.#timeFor(writableLength) ||
      (held !== undefined && nowMs - sinceMs >= this.#timeFor(held.body.length))
    );
  }

  #timeFor(bytes: number): number {
    return this.#options.waitMs * (1 + bytes / BYTES_PER_WAIT);
  }

  /** A body counts once, until the last that takes of it is cut. */
  #makeRoom(nowMs: number): void {
    const { maxBytes = MAX_BYTES } = this.#options;
    const takers = new Map<Buffer, number>();
    let bytes = 0;
    for (const [{ writableLength }, { held }] of this.#waiting) {
      if (held === undefined) bytes += writableLength;
      else {
        const others = takers.get(held.body) ?? 0;
        takers.set(held.body, others + 1);
        if (others === 0) bytes += held.body.length;
      }
    }
    for (const [socket, { held, sinceMs }] of this.#waiting) {
      if (bytes <= maxBytes || sinceMs === nowMs) break;
      if (held === undefined) bytes -= socket.writableLength;
      else {
        const others = (takers.get(held.body) ?? 0) - 1;
        takers.set(held.body, others);
        if (others === 0) bytes -= held.body.length;
      }
      this.#waiting.delete(socket);
      socket.destroy();
    }
  }
}
