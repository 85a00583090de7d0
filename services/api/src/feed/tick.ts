import { createHash } from 'node:crypto';
import { arrayMarker, type StreamsHead, type Topic } from '@mediamtx-monitor/types';

/** What a tick is made of; all buffers are passed on as they are and never changed. */
export interface TickParts {
  readonly topic: Topic;
  readonly server: string;
  /** `null` for a bare array: records that came without any word on who collected them, and when. */
  readonly head: StreamsHead | null;
  /** JSON array of the records. */
  readonly array: Buffer;
  /** The head's JSON, where the whole message is still to be put together. */
  readonly headJson?: Buffer;
  /** The whole message's JSON, where it came in one piece. */
  readonly message?: Buffer;
  /** Monotonic time at which it came as a message; `null` when it was read from its key. */
  readonly receivedMs: number | null;
}

/**
 * The newest message of a topic and server, in every form that someone asks for. A form is made when it is
 * first asked for and then kept.
 */
export class Tick {
  readonly topic: Topic;
  readonly server: string;
  readonly head: StreamsHead | null;
  readonly array: Buffer;
  readonly receivedMs: number | null;
  readonly #headJson: Buffer | undefined;
  #envelope: Buffer | undefined;
  #revision: string | undefined;

  constructor(parts: TickParts) {
    this.topic = parts.topic;
    this.server = parts.server;
    this.head = parts.head;
    this.array = parts.array;
    this.receivedMs = parts.receivedMs;
    this.#headJson = parts.headJson;
    this.#envelope = parts.message;
  }

  /** Whether the records are known. A collector that never read a path list publishes an empty array. */
  get hasData(): boolean {
    return this.head === null || this.head.collectedAt !== null;
  }

  /** The complete message's JSON; `null` for a bare array. */
  get envelope(): Buffer | null {
    if (this.#headJson !== undefined) this.#envelope ??= joinBytes(this.topic, this.#headJson, this.array);
    return this.#envelope ?? null;
  }

  /** Differs whenever the records may differ: server, epoch and seq, or a bare array's hash. */
  get revision(): string {
    this.#revision ??= `${this.server}:${this.head ? `${this.head.epoch}:${this.head.seq}` : hash(this.array)}`;
    return this.#revision;
  }
}

/** `joinMessage` of types for bytes, so that a large array is never turned into a string. */
function joinBytes(topic: Topic, headJson: Buffer, array: Buffer): Buffer {
  const open = headJson.subarray(0, headJson.lastIndexOf('}'));
  const name = arrayMarker(topic).slice(0, -1);
  return Buffer.concat([open, Buffer.from(name), array, Buffer.from('}')]);
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
