import { isUtf8 } from 'node:buffer';
import {
  type AlertsHead,
  type HostsHead,
  isAttention,
  isShallow,
  MAX_HEAD_BYTES,
  type ServerTopic,
  type StreamsHead,
  type TopicHead,
  type MessageHead,
} from '@mediamtx-monitor/types';
import {
  alertsHeadSchema,
  connectionsHeadSchema,
  hostsHeadSchema,
  streamsHeadSchema,
} from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';

/** The newest that is known of a server or host by itself, without its records. */
export interface KnownHead<Head extends TopicHead = MessageHead> {
  /** Id of the server or host. */
  readonly subject: string;
  /** `null` where there is only a bare array: nobody says who collected it, and when. */
  readonly head: Head | null;
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

/** Why something read from Redis can't be used. */
export interface Rejection {
  /** The server or host it is about, as far as that can be read. */
  readonly subject: string | undefined;
  /** For people; the same mistake has the same text, and nothing of the content is in it. */
  readonly reason: string;
}
export interface Rejected {
  readonly rejection: Rejection;
}

/** What the heads of each topic have to be. */
export type HeadSchemas<Head extends TopicHead> = Readonly<Record<Head['type'], Joi.ObjectSchema<Head>>>;

/** What makes a schema of heads look at `attention` by hand, which takes less time. */
export const ATTENTION_BY_HAND = {
  attention: Joi.custom((value: unknown, helpers) =>
    isAttention(value) ? value : helpers.error('any.invalid'),
  ),
};

export const STREAMS_HEAD: Joi.ObjectSchema<StreamsHead> = streamsHeadSchema.keys(ATTENTION_BY_HAND);
export const SERVER_HEADS: Readonly<Record<ServerTopic, Joi.ObjectSchema<MessageHead>>> = {
  streams: STREAMS_HEAD,
  connections: connectionsHeadSchema,
};
export const HOST_HEADS: HeadSchemas<HostsHead> = { hosts: hostsHeadSchema };
export const ALERT_HEADS: HeadSchemas<AlertsHead> = { alerts: alertsHeadSchema };

/** Parses the JSON of a head that is about a subject, as far as that is known. */
export function parseHead<Head>(
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

/** A name that a stranger chose may stand in joi's text. */
const MAX_REASON_LENGTH = 200;

export function rejected(subject: string | undefined, reason: string): Rejected {
  return { rejection: { subject, reason: reason.slice(0, MAX_REASON_LENGTH) } };
}
