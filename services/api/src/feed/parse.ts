import type Joi from 'joi';
import { arrayMarker, type MessageHead, type Topic } from '@mediamtx-monitor/types';
import { connectionsHeadSchema, streamsHeadSchema } from '@mediamtx-monitor/types/schemas';
import { Tick } from './tick.ts';

/** Why something read from Redis can't be used. */
export interface Fault {
  /** The server it is about, as far as that can be told. */
  readonly server: string | undefined;
  /** In words; the same mistake has the same words, and nothing of the content is in them. */
  readonly reason: string;
}

export type Parsed = { readonly tick: Tick } | { readonly fault: Fault };

/** What is stored of one server. */
export interface StoredValue {
  readonly server: string;
  readonly meta: Buffer | null;
  readonly arrays: Readonly<Record<Topic, Buffer | null>>;
}

const HEAD_SCHEMAS: Readonly<Record<Topic, Joi.ObjectSchema<MessageHead>>> = {
  streams: streamsHeadSchema,
  connections: connectionsHeadSchema,
};

/** Makes a tick of a channel message. Only the bytes before the array are parsed. */
export function parseMessage(topic: Topic, message: Buffer, receivedMs: number): Parsed {
  const marker = arrayMarker(topic);
  const end = message.indexOf(marker);
  if (end === -1) return fault(undefined, `it holds no array "${topic}"`);
  const headJson = Buffer.concat([message.subarray(0, end), Buffer.from('}')]);
  const parsed = parseHead(topic, headJson, undefined);
  if ('fault' in parsed) return parsed;
  const { head } = parsed;
  const array = message.subarray(end + marker.length - 1, message.length - 1);
  if (message.at(-1) !== CLOSE_BRACE || !isArray(array)) {
    return fault(head.server, `its array "${topic}" doesn't end where the message does`);
  }
  return { tick: new Tick({ topic, server: head.server, head, array, headJson, message, receivedMs }) };
}

/** Makes a tick of what is stored of a server; `undefined` when that is nothing. */
export function parseStored(topic: Topic, { server, meta, arrays }: StoredValue): Parsed | undefined {
  const array = arrays[topic];
  if (array !== null && !isArray(array)) return fault(server, `its key for "${topic}" holds no JSON array`);
  if (meta === null) {
    return array === null
      ? undefined
      : { tick: new Tick({ topic, server, head: null, array, receivedMs: null }) };
  }
  const parsed = parseHead('streams', meta, server);
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
    return { tick: new Tick({ topic, server, head, array: records, headJson, receivedMs: null }) };
  }
  // Of an older writer's server there may be streams only.
  return topic === 'streams' ? fault(server, `its key for "${topic}" is gone`) : undefined;
}

function parseHead(
  topic: Topic,
  json: Buffer,
  server: string | undefined,
): { head: MessageHead } | { fault: Fault } {
  let value: unknown;
  try {
    value = JSON.parse(json.toString());
  } catch {
    return fault(server, 'its head is not JSON');
  }
  const result = HEAD_SCHEMAS[topic].validate(value, { convert: false });
  if (result.error !== undefined) return fault(server, `its head is wrong: ${result.error.message}`);
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

function fault(server: string | undefined, reason: string): { fault: Fault } {
  return { fault: { server, reason } };
}
