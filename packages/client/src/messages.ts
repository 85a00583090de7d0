import {
  type ConnectionsMessage,
  type ErrorMessage,
  MESSAGE_VERSION,
  type StatusMessage,
  type StreamsMessage,
  type Topic,
} from '@mediamtx-monitor/types';

/** The message of each topic. */
export interface TopicMessages {
  readonly streams: StreamsMessage;
  readonly connections: ConnectionsMessage;
}
export type TopicMessage = TopicMessages[Topic];

/** Something came that can't be used. */
export interface Fault {
  readonly type: 'fault';
  /** In words; nothing of the content is in them. */
  readonly reason: string;
}

type Message = TopicMessage | StatusMessage | ErrorMessage;
type Check = (value: unknown) => boolean;

const DAY_MS = 86_400_000;

const isText: Check = (value) => typeof value === 'string';
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const HEAD = {
  v: (value) => value === MESSAGE_VERSION,
  server: isText,
  epoch: Number.isFinite,
  seq: Number.isFinite,
  // Timers are set by it, and none can be set for months.
  intervalMs: (value) => typeof value === 'number' && value > 0 && value <= DAY_MS,
  collectedAt: orNull(isTime),
  publishedAt: isTime,
} satisfies Record<string, Check>;

/**
 * What of each kind of message this client itself relies on; the rest is taken as it is, since the API and the
 * collector have checked it.
 */
const CHECKS: { readonly [Type in Message['type']]: Readonly<Record<string, Check>> } = {
  streams: { ...HEAD, streams: Array.isArray },
  connections: { ...HEAD, connections: Array.isArray },
  status: { server: isText, stale: (value) => typeof value === 'boolean', ageMs: orNull(Number.isFinite) },
  error: { code: isText, detail: isText },
};

/**
 * Reads what came over the socket.
 * @returns `undefined` for a kind that isn't known: a newer API may send it
 */
export function parseMessage(data: unknown): Message | Fault | undefined {
  const value = parseObject(data);
  const type = value?.['type'];
  if (value === undefined || typeof type !== 'string') return fault('no message');
  if (!Object.hasOwn(CHECKS, type)) return undefined;
  const checks = Object.entries(CHECKS[type as Message['type']]);
  return checks.every(([name, check]) => check(value[name]))
    ? (value as unknown as Message)
    : fault(`no ${type} message of version ${MESSAGE_VERSION}; is this client too old?`);
}

function parseObject(data: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function fault(what: string): Fault {
  return { type: 'fault', reason: `The API sent something that is ${what}` };
}
