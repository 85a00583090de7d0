import type { Socket } from 'node:net';

export interface UnreadOptions {
  /** Connections that are open now. */
  readonly connections: ReadonlySet<Socket>;
  /** Whether a live client has the connection, who is looked after by its own kind. */
  readonly isLive: (socket: Socket) => boolean;
  /** Time that an answer may be on its way, in ms; so much again for each 2 MiB of it. */
  readonly waitMs: number;
  /** Bytes of all answers that wait to be taken; beyond it those that wait longest are given up. */
  readonly maxBytes?: number;
}

/** An answer that its client hasn't taken yet. */
interface Waiting {
  readonly takenBytes: number;
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
    const { connections, isLive, waitMs, maxBytes = MAX_BYTES } = this.#options;
    const before = this.#waiting;
    const waiting = new Map<Socket, Waiting>();
    let bytes = 0;
    for (const socket of connections) {
      const { writableLength } = socket;
      if (writableLength === 0 || isLive(socket)) continue;
      const takenBytes = socket.bytesWritten - writableLength;
      const last = before.get(socket);
      const sinceMs = last?.takenBytes === takenBytes ? last.sinceMs : nowMs;
      if (nowMs - sinceMs >= waitMs * (1 + writableLength / BYTES_PER_WAIT)) socket.destroy();
      else {
        waiting.set(socket, { takenBytes, sinceMs });
        bytes += writableLength;
      }
    }
    this.#waiting = new Map([...waiting].sort(([, a], [, b]) => a.sinceMs - b.sinceMs));
    for (const [socket, { sinceMs }] of this.#waiting) {
      if (bytes <= maxBytes || sinceMs === nowMs) break;
      bytes -= socket.writableLength;
      this.#waiting.delete(socket);
      socket.destroy();
    }
  }
}
