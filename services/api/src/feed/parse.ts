import { isUtf8 } from 'node:buffer';
import type Joi from 'joi';
import {
  arrayMarker,
  type HostsHead,
  isShallow,
  MAX_HEAD_BYTES,
  MAX_MESSAGE_BYTES,
  type MessageHead,
  type ServerTopic,
  subjectOf,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { connectionsHeadSchema, hostsHeadSchema, streamsHeadSchema } from '@mediamtx-monitor/types/schemas';
import type { ServerValues, StoredValues } from './stored.ts';
import { type ReadMoment, Tick, type TickParts } from '../tick/index.ts';

/** Why something read from Redis can't be used. */
export interface Fault {
  /** The server or host it is about, as far as that can be told. */
  readonly subject: string | undefined;
  /** In words; the same mistake has the same words, and nothing of the content is in them. */
  readonly reason: string;
}

export type Parsed<Head extends TopicHead> = { readonly tick: Tick<Head> } | { readonly fault: Fault };

/** What a look at the keys of one server or host found. */
export interface Look<Head extends TopicHead> {
  readonly subject: string;
  /** Whether there is anything. */
  readonly isThere: boolean;
  /** What is new since the last look. */
  readonly parsed: readonly Parsed<Head>[];
}

/** When and how it came. */
type Arrival = Pick<TickParts, 'receivedMs' | 'readAt'>;

/** A name that a stranger chose may stand in joi's words. */
const MAX_REASON_LENGTH = 200;

type HeadSchema<Head extends TopicHead> = Joi.ObjectSchema<Head>;

const SERVER_HEADS: Readonly<Record<ServerTopic, HeadSchema<MessageHead>>> = {
  streams: streamsHeadSchema,
  connections: connectionsHeadSchema,
};

/** Makes a tick of what the channel told about a server. Only the bytes before the array are parsed. */
export function parseServerMessage(
  topic: ServerTopic,
  message: Buffer,
  receivedMs: number,
): Parsed<MessageHead> {
  return parseMessage(topic, SERVER_HEADS[topic], message, { receivedMs });
}

/** The same about a host. */
export function parseHostMessage(message: Buffer, receivedMs: number): Parsed<HostsHead> {
  return parseMessage('hosts', hostsHeadSchema, message, { receivedMs });
}

/** Makes ticks of what is stored of a server, as far as there is anything new. */
export function parseStoredServer(stored: StoredValues<ServerValues>, readAt: ReadMoment): Look<MessageHead> {
  return look(stored, (values) =>
    (['streams', 'connections'] as const).flatMap(
      (topic) => parseValues(topic, stored.subject, values, readAt) ?? [],
    ),
  );
}

/** Makes a tick of what is stored of a host, if there is anything new. */
export function parseStoredHost(stored: StoredValues<Buffer>, readAt: ReadMoment): Look<HostsHead> {
  return look(stored, (message) => {
    const parsed = parseMessage('hosts', hostsHeadSchema, message, { receivedMs: null, readAt });
    if ('fault' in parsed || parsed.tick.subject === stored.subject) return [parsed];
    return [fault(stored.subject, `its key is about host "${parsed.tick.subject}"`)];
  });
}

function look<Head extends TopicHead, Values>(
  stored: StoredValues<Values>,
  parse: (values: Values) => readonly Parsed<Head>[],
): Look<Head> {
  const { subject, kind } = stored;
  switch (kind) {
    case 'read':
      return { subject, isThere: true, parsed: parse(stored.values) };
    case 'too-long':
      return { subject, isThere: true, parsed: [fault(subject, 'a value of its keys is too long')] };
    case 'same':
    case 'nothing':
      return { subject, isThere: kind === 'same', parsed: [] };
  }
}

function parseMessage<Head extends TopicHead>(
  topic: Head['type'],
  schema: HeadSchema<Head>,
  message: Buffer,
  arrival: Arrival,
): Parsed<Head> {
  if (message.length > MAX_MESSAGE_BYTES) return fault(undefined, 'it is too long');
  const marker = arrayMarker(topic);
  const end = message.subarray(0, MAX_HEAD_BYTES).indexOf(marker);
  if (end === -1) return fault(undefined, `it holds no array "${topic}"`);
  const headJson = Buffer.concat([message.subarray(0, end), Buffer.from('}')]);
  const parsed = parseHead(schema, headJson, undefined);
  if ('fault' in parsed) return parsed;
  const { head } = parsed;
  const subject = subjectOf(head);
  const array = message.subarray(end + marker.length - 1, message.length - 1);
  if (message.at(-1) !== CLOSE_BRACE || !isArray(array)) {
    return fault(subject, `its array "${topic}" doesn't end where the message does`);
  }
  return { tick: new Tick<Head>({ topic, subject, head, array, headJson, message, ...arrival }) };
}

function parseValues(
  topic: ServerTopic,
  server: string,
  { meta, arrays }: ServerValues,
  readAt: ReadMoment,
): Parsed<MessageHead> | undefined {
  const array = arrays[topic];
  const arrival = { receivedMs: null, readAt };
  if (array !== null && !isArray(array)) return fault(server, `its key for "${topic}" holds no JSON array`);
  if (meta === null) {
    return array === null
      ? undefined
      : { tick: new Tick<MessageHead>({ topic, subject: server, head: null, array, ...arrival }) };
  }
  const parsed = parseHead(SERVER_HEADS.streams, meta, server);
  if ('fault' in parsed) return parsed;
  if (parsed.head.server !== server) {
    return fault(server, `its meta key is about server "${parsed.head.server}"`);
  }
  // One head is stored for all topics of a tick: they differ in nothing but their type.
  const head = { ...parsed.head, type: topic };
  const headJson = topic === 'streams' ? meta : Buffer.from(JSON.stringify(head));
  // Before the first path list there is no array to store.
  const records = array ?? (head.collectedAt === null ? Buffer.from('[]') : null);
  if (records !== null) {
    return { tick: new Tick({ topic, subject: server, head, array: records, headJson, ...arrival }) };
  }
  // Of an older writer's server there may be streams only.
  return topic === 'streams' ? fault(server, `its key for "${topic}" is gone`) : undefined;
}

function parseHead<Head extends TopicHead>(
  schema: HeadSchema<Head>,
  json: Buffer,
  subject: string | undefined,
): { head: Head } | { fault: Fault } {
  if (json.length > MAX_HEAD_BYTES) return fault(subject, 'its head is too long');
  // Bytes are passed on as they came, and clients have to drop a WebSocket that brings other text (RFC 6455, 8.1).
  if (!isUtf8(json)) return fault(subject, 'its head is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(json.toString());
  } catch {
    return fault(subject, 'its head is not JSON');
  }
  if (!isShallow(value)) return fault(subject, 'its head is nested too deep');
  const result = schema.validate(value, { convert: false });
  if (result.error !== undefined) return fault(subject, `its head is wrong: ${result.error.message}`);
  return { head: result.value };
}

const CLOSE_BRACE = '}'.charCodeAt(0);
const OPEN_BRACKET = '['.charCodeAt(0);
const CLOSE_BRACKET = ']'.charCodeAt(0);
const SPACE = ' '.charCodeAt(0);

/** Looks at both ends only: white space, and a bracket each. */
function isArray(bytes: Buffer): boolean {
  const first = bytes.find((byte) => byte > SPACE);
  const last = bytes.findLast((byte) => byte > SPACE);
  return bytes.length >= 2 && first === OPEN_BRACKET && last === CLOSE_BRACKET;
}

function fault(subject: string | undefined, reason: string): { fault: Fault } {
  return { fault: { subject, reason: reason.slice(0, MAX_REASON_LENGTH) } };
}
