import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { MessageHead, TopicHead } from '@mediamtx-monitor/types';
import { Message } from './message.ts';
import { arrayParts, COMMA, messageParts } from './parts.ts';
import { areRecords, outdated, parseRecords, type RecordFields } from './records.ts';

/** What a tick is made of; all buffers are passed on as they are and never changed. */
export interface TickParts<Head extends TopicHead = MessageHead> {
  readonly topic: Head['type'];
  /** Id of the server or host it is about. */
  readonly subject: string;
  /** `null` for a bare array: records that came without any word on who collected them, and when. */
  readonly head: Head | null;
  /** JSON array of the records. */
  readonly array: Buffer;
  /** The head's JSON. */
  readonly headJson?: Buffer;
  /** The whole message's JSON, where it came in one piece. */
  readonly message?: Buffer;
  /** Monotonic time at which it came as a message; `null` when it was read from its key. */
  readonly receivedMs: number | null;
  /** When it was read from its key; not there for a message. */
  readonly readAt?: ReadMoment | undefined;
}

/** The moment at which a value was read from its key, by two clocks. */
export interface ReadMoment {
  /** Redis's Unix time in ms. */
  readonly redisMs: number;
  readonly monotonicMs: number;
}

/**
 * The newest message of a topic about a server or host, in every form that someone asks for. A form is made when it is
 * first asked for and then kept.
 */
export class Tick<Head extends TopicHead = MessageHead> {
  readonly topic: Head['type'];
  readonly subject: string;
  readonly head: Head | null;
  readonly array: Buffer;
  readonly receivedMs: number | null;
  readonly readAt: ReadMoment | undefined;
  /**
   * The complete message; `null` for a bare array, and for one that isn't UTF-8: clients have to drop a WebSocket that
   * brings such text (RFC 6455, 8.1), and would again whenever they came back.
   */
  readonly message: Message | null;
  readonly #headJson: Buffer | undefined;
  readonly #isText: boolean;
  #revision: string | undefined;
  #records: readonly RecordFields[] | undefined;
  #isSound: boolean | undefined;
  #outdated: Buffer | undefined;
  /** JSON of each record that was asked for, with a comma before it. */
  readonly #recordParts: Buffer[] = [];

  constructor(parts: TickParts<Head>) {
    const { topic, subject, head, array, headJson, message } = parts;
    this.topic = topic;
    this.subject = subject;
    this.head = head;
    this.array = array;
    this.receivedMs = parts.receivedMs;
    this.readAt = parts.readAt;
    this.#headJson = headJson;
    this.#isText = isUtf8(array);
    this.message =
      head === null || headJson === undefined || !this.#isText
        ? null
        : new Message({
            type: topic,
            id: this.revision,
            parts: message === undefined ? messageParts(topic, headJson, [array]) : [message],
            clients: () => Infinity,
            replaces: `${topic} ${subject}`,
          });
  }

  /** Whether the records are known. A collector that never read a path list publishes an empty array. */
  get hasData(): boolean {
    return this.head === null || this.head.collectedAt !== null;
  }

  /** The records; none where what was published as an array isn't JSON. */
  get records(): readonly RecordFields[] {
    this.#records ??= parseRecords(this.array);
    return this.#records;
  }

  /** Whether the array can be joined to others: it is looked at once, and only where there are others. */
  get isSound(): boolean {
    this.#isSound ??= this.#isText && areRecords(this.array);
    return this.#isSound;
  }

  /** The records of streams whose collector is silent. */
  get outdatedRecords(): readonly RecordFields[] {
    const since = this.head?.publishedAt;
    return since === undefined ? this.records : this.records.map((record) => outdated(record, since));
  }

  /** The same as JSON. */
  get outdatedArray(): Buffer {
    this.#outdated ??= Buffer.from(JSON.stringify(this.outdatedRecords));
    return this.#outdated;
  }

  /**
   * The JSON of the message with some of its records only, in parts that are made once for all who ask; `null` for a
   * bare array.
   * @param places of the records, in their order
   */
  partsWith(places: readonly number[]): readonly Buffer[] | null {
    if (this.#headJson === undefined) return null;
    const records = places.map((place) => this.#recordPart(place));
    return messageParts(this.topic, this.#headJson, arrayParts(records));
  }

  /** Differs whenever the records may differ: its subject, epoch and seq, or a bare array's hash. */
  get revision(): string {
    this.#revision ??= `${this.subject}:${this.head ? `${this.head.epoch}:${this.head.seq}` : hash(this.array)}`;
    return this.#revision;
  }

  #recordPart(place: number): Buffer {
    return (this.#recordParts[place] ??= Buffer.from(`${COMMA}${JSON.stringify(this.records[place])}`));
  }
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
