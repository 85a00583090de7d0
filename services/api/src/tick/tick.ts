import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  ATTENTION_BY_HAND,
  type HeadSchemas,
  type KnownHead,
  parseHead,
  type ReadMoment,
  type Rejected,
  rejected,
} from '@mediamtx-monitor/runtime';
import {
  arrayMarker,
  collectedAtOf,
  MAX_HEAD_BYTES,
  MAX_MESSAGE_BYTES,
  type MessageHead,
  subjectOf,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { serversMessageSchema } from '@mediamtx-monitor/types/schemas';
import { Message } from './message.ts';
import { arrayParts, COMMA, messageParts } from './parts.ts';
import { areRecords, outdated, parseRecords, type RecordFields } from './records.ts';

/** What a tick is made of; all buffers are passed on as they are and never changed. */
export interface TickParts<Head extends TopicHead = MessageHead> extends KnownHead<Head> {
  readonly topic: Head['type'];
  /** JSON array of the records. */
  readonly array: Buffer;
  /** The head's JSON. */
  readonly headJson?: Buffer;
  /** The whole message's JSON, where it came in one piece. */
  readonly message?: Buffer;
}

/**
 * The newest message of a topic about a server or host, in every form that someone asks for. A form is made when it is
 * first asked for and then kept.
 */
export class Tick<Head extends TopicHead = MessageHead> implements KnownHead<Head> {
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
  readonly #parts: TickParts<Head>;
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
    this.#parts = parts;
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

  /** The same, as if it had come as a message at that monotonic time. */
  receivedAt(receivedMs: number): Tick<Head> {
    return new Tick({ ...this.#parts, receivedMs, readAt: undefined });
  }

  /** Whether the records are known. A collector that never read a path list publishes an empty array. */
  get hasData(): boolean {
    return this.head === null || collectedAtOf(this.head) !== null;
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
    const { headJson } = this.#parts;
    if (headJson === undefined) return null;
    const records = places.map((place) => this.#recordPart(place));
    return messageParts(this.topic, headJson, arrayParts(records));
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

export type ParsedTick<Head extends TopicHead> = { readonly tick: Tick<Head> } | Rejected;
export type ParsedHead<Head extends TopicHead> = { readonly known: KnownHead<Head> } | Rejected;

/** Makes a tick of a topic's message. Only the bytes before the array are parsed. */
export function parseMessage<Head extends TopicHead>(
  topic: Head['type'],
  schemas: HeadSchemas<Head>,
  message: Buffer,
  arrival: Pick<TickParts, 'receivedMs' | 'readAt'>,
): ParsedTick<Head> {
  if (message.length > MAX_MESSAGE_BYTES) return rejected(undefined, 'it is too long');
  const marker = arrayMarker(topic);
  const end = message.subarray(0, MAX_HEAD_BYTES).indexOf(marker);
  if (end === -1) return rejected(undefined, `it holds no array "${topic}"`);
  const headJson = Buffer.concat([message.subarray(0, end), Buffer.from('}')]);
  const parsed = parseHead(schemas[topic], headJson, undefined);
  if ('rejection' in parsed) return parsed;
  const { head } = parsed;
  const subject = subjectOf(head);
  const array = message.subarray(end + marker.length - 1, message.length - 1);
  if (message.at(-1) !== CLOSE_BRACE || !isArray(array)) {
    return rejected(subject, `its array "${topic}" doesn't end where the message does`);
  }
  return { tick: new Tick<Head>({ topic, subject, head, array, headJson, message, ...arrival }) };
}

const SERVERS_HEAD = serversMessageSchema.keys(ATTENTION_BY_HAND);

/** Reads a server's head that came by itself. */
export function parseServersMessage(message: Buffer, receivedMs: number): ParsedHead<MessageHead> {
  const parsed = parseHead(SERVERS_HEAD, message, undefined);
  if ('rejection' in parsed) return parsed;
  const head: MessageHead = { ...parsed.head, type: 'streams' };
  return { known: { subject: head.server, head, receivedMs } };
}

const CLOSE_BRACE = '}'.charCodeAt(0);
const OPEN_BRACKET = '['.charCodeAt(0);
const CLOSE_BRACKET = ']'.charCodeAt(0);
const SPACE = ' '.charCodeAt(0);

/** Looks at both ends only: white space, and a bracket each. */
export function isArray(bytes: Buffer): boolean {
  const first = bytes.find((byte) => byte > SPACE);
  const last = bytes.findLast((byte) => byte > SPACE);
  return bytes.length >= 2 && first === OPEN_BRACKET && last === CLOSE_BRACKET;
}
