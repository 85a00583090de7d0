import { TOPIC_DECLARATIONS, type TopicHead } from '@mediamtx-monitor/types';
import type { Message, ServerHead, Tick, Waiter } from '../tick/index.ts';

/** What of a topic is the newest about a server or host. */
export type LiveItem = Tick<TopicHead> | ServerHead;

/** The same for what takes the place of another. */
export function keyOf({ topic, subject }: LiveItem): string {
  return `${topic} ${subject}`;
}

/** Whether it is about a server, so that a choice of servers is about it. */
export function isOfServer({ topic }: LiveItem): boolean {
  return TOPIC_DECLARATIONS[topic].subject === 'server';
}

/** A client's connection, in its protocol. */
export interface Sink {
  /** Whether it is open, and all that was written before is gone. */
  readonly takesMore: boolean;
  /**
   * Bytes of a message as this client takes them, whole or in pieces; `undefined` while they aren't made: the waiter is
   * called once they are.
   */
  readonly bytesOf: (message: Message, waiter: Waiter) => Buffer | Iterable<Buffer> | undefined;
  /** Bytes by which the client knows the cursor to come back with. */
  readonly markOf: (cursor: string) => Buffer;
  /** Whether ids of other messages take the place of the cursor that the client knows. */
  readonly forgetsCursor: boolean;
  readonly write: (bytes: Buffer) => void;
}

/** A client that takes nothing for this long is sent away, in ms. */
export const MAX_BLOCKED_MS = 30_000;
const NOBODY: Waiter = { isWaiting: () => false, onDone: () => undefined };

/** Counts what the clients of one protocol were sent since the start. */
export class Traffic {
  #messages = 0;
  #bytes = 0;
  #skipped = 0;

  /** Messages written. */
  get messages(): number {
    return this.#messages;
  }

  /** Bytes of the messages written, with their framing, compressed where they were. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Ticks that gave way to a newer one before a slow client could take them. */
  get skipped(): number {
    return this.#skipped;
  }

  /** A message was written; 0 bytes of one that comes in pieces. */
  sent(bytes: number): void {
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** A piece of a message was written. */
  sentMore(bytes: number): void {
    this.#bytes += bytes;
  }

  /** A tick gave way to a newer one. */
  skip(): void {
    this.#skipped += 1;
  }
}

/** What goes out to one client: a message at a time, as fast as it takes them. */
export class Outgoing {
  readonly #sink: Sink;
  readonly #traffic: Traffic;
  /** What of a message that was begun is still to be written: its next piece, and those after it. */
  #next: Buffer | undefined;
  #others: Iterator<Buffer> | undefined;
  #blockedSinceMs: number | undefined;

  constructor(sink: Sink, traffic: Traffic) {
    this.#sink = sink;
    this.#traffic = traffic;
  }

  /** Whether the client has taken all that was written; while it hasn't, nothing more is to be sent. */
  get isFree(): boolean {
    return this.#next === undefined && this.#sink.takesMore;
  }

  /** Whether the client has taken nothing for too long; to be asked again and again. */
  isStuck(nowMs: number): boolean {
    if (this.isFree) this.#blockedSinceMs = undefined;
    else this.#blockedSinceMs ??= nowMs;
    return this.#blockedSinceMs !== undefined && nowMs - this.#blockedSinceMs >= MAX_BLOCKED_MS;
  }

  /**
   * Sends a message.
   * @param cursor where the client is in topics of events once it has it
   * @returns whether it was sent; else the waiter is called once it can be
   */
  send(message: Message, waiter = NOBODY, cursor?: string): boolean {
    const bytes = this.#sink.bytesOf(message, waiter);
    if (bytes === undefined) return false;
    const { id } = message;
    const isForgotten = this.#sink.forgetsCursor && id !== undefined && id !== cursor;
    this.#put(bytes, cursor !== undefined && isForgotten ? this.#sink.markOf(cursor) : undefined);
    return true;
  }

  /** Sends a short message before anything else, unless in the midst of another. */
  interject(message: Message): void {
    if (this.#next === undefined) this.send(message);
  }

  /** Has the client know where it is in topics of events, unless in the midst of a message; whether it does. */
  mark(cursor: string): boolean {
    if (this.#next !== undefined) return false;
    const bytes = this.#sink.markOf(cursor);
    this.#traffic.sent(bytes.length);
    this.#sink.write(bytes);
    return true;
  }

  /** Writes more of a message that was begun, as much as can be taken now. */
  goOn(): void {
    while (this.#next !== undefined && this.#sink.takesMore) {
      const piece = this.#next;
      this.#advance();
      this.#traffic.sentMore(piece.length);
      this.#sink.write(piece);
    }
  }

  /** The time that a client has is for the whole message: until its end all of the tick is kept for it. */
  #put(bytes: Buffer | Iterable<Buffer>, mark: Buffer | undefined): void {
    this.#blockedSinceMs = undefined;
    if (Buffer.isBuffer(bytes) && mark === undefined) {
      this.#traffic.sent(bytes.length);
      this.#sink.write(bytes);
      return;
    }
    this.#traffic.sent(0);
    this.#others = marked(Buffer.isBuffer(bytes) ? [bytes] : bytes, mark);
    this.#advance();
    this.goOn();
  }

  #advance(): void {
    const result = this.#others?.next();
    this.#next = result?.done === false ? result.value : undefined;
  }
}

function* marked(pieces: Iterable<Buffer>, mark: Buffer | undefined): Generator<Buffer> {
  yield* pieces;
  if (mark !== undefined) yield mark;
}
