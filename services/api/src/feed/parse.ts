import type Joi from 'joi';
import {
  arrayMarker,
  type HostsHead,
  type MessageHead,
  type ServerTopic,
  subjectOf,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { connectionsHeadSchema, hostsHeadSchema, streamsHeadSchema } from '@mediamtx-monitor/types/schemas';
import { Tick } from './tick.ts';

/** Why something read from Redis can't be used. */
export interface Fault {
  /** The server or host it is about, as far as that can be told. */
  readonly subject: string | undefined;
  /** In words; the same mistake has the same words, and nothing of the content is in them. */
  readonly reason: string;
}

export type Parsed<Head extends TopicHead> = { readonly tick: Tick<Head> } | { readonly fault: Fault };

/** What is stored of one server. */
export interface StoredServer {
  readonly server: string;
  readonly meta: Buffer | null;
  readonly arrays: Readonly<Record<ServerTopic, Buffer | null>>;
}

/** What is stored of one host. */
export interface StoredHost {
  readonly host: string;
  /** `null` when its key is gone. */
  readonly message: Buffer | null;
}

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
  return parseMessage(topic, SERVER_HEADS[topic], message, receivedMs);
}

/** The same about a host; `receivedMs` is `null` for what was read from its key. */
export function parseHostMessage(message: Buffer, receivedMs: number | null): Parsed<HostsHead> {
  return parseMessage('hosts', hostsHeadSchema, message, receivedMs);
}

/** Makes ticks of what is stored of a server, as far as there is anything. */
export function parseStoredServer(stored: StoredServer): readonly Parsed<MessageHead>[] {
  return (['streams', 'connections'] as const).flatMap((topic) => parseStored(topic, stored) ?? []);
}

/** Makes a tick of what is stored of a host, if there is anything. */
export function parseStoredHost({ host, message }: StoredHost): readonly Parsed<HostsHead>[] {
  if (message === null) return [];
  const parsed = parseHostMessage(message, null);
  if ('fault' in parsed || parsed.tick.subject === host) return [parsed];
  return [fault(host, `its key is about host "${parsed.tick.subject}"`)];
}

function parseMessage<Head extends TopicHead>(
  topic: Head['type'],
  schema: HeadSchema<Head>,
  message: Buffer,
  receivedMs: number | null,
): Parsed<Head> {
  const marker = arrayMarker(topic);
  const end = message.indexOf(marker);
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
  return { tick: new Tick<Head>({ topic, subject, head, array, headJson, message, receivedMs }) };
}

function parseStored(
  topic: ServerTopic,
  { server, meta, arrays }: StoredServer,
): Parsed<MessageHead> | undefined {
  const array = arrays[topic];
  if (array !== null && !isArray(array)) return fault(server, `its key for "${topic}" holds no JSON array`);
  if (meta === null) {
    return array === null
      ? undefined
      : { tick: new Tick<MessageHead>({ topic, subject: server, head: null, array, receivedMs: null }) };
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
    return { tick: new Tick({ topic, subject: server, head, array: records, headJson, receivedMs: null }) };
  }
  // Of an older writer's server there may be streams only.
  return topic === 'streams' ? fault(server, `its key for "${topic}" is gone`) : undefined;
}

function parseHead<Head extends TopicHead>(
  schema: HeadSchema<Head>,
  json: Buffer,
  subject: string | undefined,
): { head: Head } | { fault: Fault } {
  let value: unknown;
  try {
    value = JSON.parse(json.toString());
  } catch {
    return fault(subject, 'its head is not JSON');
  }
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
  return { fault: { subject, reason } };
}
