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
import { Tick, type TickParts } from './tick.ts';

/** Why something read from Redis can't be used. */
export interface Rejection {
  /** The server or host it is about, as far as that can be told. */
  readonly subject: string | undefined;
  /** For people; the same mistake has the same text, and nothing of the content is in it. */
  readonly reason: string;
}
interface Rejected {
  readonly rejection: Rejection;
}

export type Parsed<Head extends TopicHead> = { readonly tick: Tick<Head> } | Rejected;

/** What the heads of each topic have to be. */
export type HeadSchemas<Head extends TopicHead> = Readonly<Record<Head['type'], Joi.ObjectSchema<Head>>>;

export const SERVER_HEADS: Readonly<Record<ServerTopic, Joi.ObjectSchema<MessageHead>>> = {
  streams: streamsHeadSchema,
  connections: connectionsHeadSchema,
};
export const HOST_HEADS: HeadSchemas<HostsHead> = { hosts: hostsHeadSchema };

/** A name that a stranger chose may stand in joi's text. */
const MAX_REASON_LENGTH = 200;

/** Makes a tick of a topic's message. Only the bytes before the array are parsed. */
export function parseMessage<Head extends TopicHead>(
  topic: Head['type'],
  schemas: HeadSchemas<Head>,
  message: Buffer,
  arrival: Pick<TickParts, 'receivedMs' | 'readAt'>,
): Parsed<Head> {
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

/** Parses the JSON of a head that is about a subject, as far as that is known. */
export function parseHead<Head extends TopicHead>(
  schema: Joi.ObjectSchema<Head>,
  json: Buffer,
  subject: string | undefined,
): { readonly head: Head } | Rejected {
  if (json.length > MAX_HEAD_BYTES) return rejected(subject, 'its head is too long');
  // Bytes are passed on as they came, and clients have to drop a WebSocket that brings other text (RFC 6455, 8.1).
  if (!isUtf8(json)) return rejected(subject, 'its head is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(json.toString());
  } catch {
    return rejected(subject, 'its head is not JSON');
  }
  if (!isShallow(value)) return rejected(subject, 'its head is nested too deep');
  const result = schema.validate(value, { convert: false });
  if (result.error !== undefined) return rejected(subject, `its head is wrong: ${result.error.message}`);
  return { head: result.value };
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

export function rejected(subject: string | undefined, reason: string): Rejected {
  return { rejection: { subject, reason: reason.slice(0, MAX_REASON_LENGTH) } };
}
