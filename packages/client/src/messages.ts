import {
  type ConnectionsMessage,
  type ErrorMessage,
  type HostsMessage,
  MESSAGE_VERSION,
  type StatusMessage,
  type StreamsMessage,
  type Topic,
} from '@mediamtx-monitor/types';

/** The message of each topic. */
export interface TopicMessages {
  readonly streams: StreamsMessage;
  readonly connections: ConnectionsMessage;
  readonly hosts: HostsMessage;
}
export type TopicMessage = TopicMessages[Topic];

/** Something came that can't be used. */
export interface UnreadableMessage {
  readonly type: 'unreadable';
  /** In words; nothing of the content is in them. */
  readonly reason: string;
}

type KnownMessage = TopicMessage | StatusMessage | ErrorMessage;
type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;

const DAY_MS = 86_400_000;

const isText: Check = (value) => typeof value === 'string';
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** Of what an older collector leaves out. */
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const isTextOrAbsent = optional(orNull(isText));

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function objectOf(checks: Checks): Check {
  const members = Object.entries(checks);
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    members.every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));
}

const HEAD = {
  v: (value) => value === MESSAGE_VERSION,
  epoch: Number.isFinite,
  seq: Number.isFinite,
  // Timers are set by it, and none can be set for months.
  intervalMs: (value) => typeof value === 'number' && value > 0 && value <= DAY_MS,
  collectedAt: orNull(isTime),
  publishedAt: isTime,
} satisfies Checks;
const STALENESS = { stale: (value: unknown) => typeof value === 'boolean', ageMs: orNull(Number.isFinite) };

const REASON = { code: isText, severity: isText, since: isTime } satisfies Checks;
const JUDGED = { health: isText, reasons: listOf(objectOf(REASON)) } satisfies Checks;
const anyObject = objectOf({});
const SERVER_HEAD = {
  ...HEAD,
  server: isText,
  reasons: optional(listOf(objectOf(REASON))),
  sourceError: optional(orNull(objectOf({ code: isText, values: anyObject }))),
} satisfies Checks;

const LAST = {
  liveAt: isTime,
  liveSince: isTime,
  tracks: listOf(isText),
  media: objectOf({ others: listOf(isText) }),
  publisher: orNull(anyObject),
  sourceType: isTextOrAbsent,
  protocol: isTextOrAbsent,
} satisfies Checks;
const PULL = { state: isTextOrAbsent, error: isTextOrAbsent } satisfies Checks;
const FORWARD = {
  position: Number.isFinite,
  protocol: orNull(isText),
  state: isTextOrAbsent,
  error: isTextOrAbsent,
  remoteAddr: isTextOrAbsent,
} satisfies Checks;

const STREAM = {
  ...JUDGED,
  name: isText,
  sourceType: orNull(isText),
  state: isText,
  since: isTime,
  tracks: listOf(isText),
  media: objectOf({ others: listOf(isText) }),
  readersByProtocol: anyObject,
  last: optional(orNull(objectOf(LAST))),
  pull: optional(orNull(objectOf(PULL))),
  forwards: optional(orNull(listOf(objectOf(FORWARD)))),
} satisfies Checks;
const CONNECTION = {
  ...JUDGED,
  id: isText,
  protocol: isText,
  role: isText,
  since: orNull(isTime),
} satisfies Checks;
const HOST = {
  cpu: anyObject,
  memory: anyObject,
  swap: anyObject,
  network: anyObject,
  disks: orNull(listOf(anyObject)),
  mediamtx: orNull(listOf(anyObject)),
} satisfies Checks;

/**
 * What of each kind of message is relied on, in each form it may have: the API relays records unread, and a page must
 * not stumble over them. The rest is taken as it is.
 */
const CHECKS: { readonly [Type in KnownMessage['type']]: readonly Checks[] } = {
  streams: [{ ...SERVER_HEAD, streams: listOf(objectOf(STREAM)) }],
  connections: [{ ...SERVER_HEAD, connections: listOf(objectOf(CONNECTION)) }],
  hosts: [{ ...HEAD, host: isText, hosts: listOf(objectOf(HOST)) }],
  status: [
    { ...STALENESS, server: isText },
    { ...STALENESS, host: isText },
  ],
  error: [{ code: isText, detail: isText }],
};

/**
 * Reads what came over the socket.
 * @returns `undefined` for a kind that isn't known: a newer API may send it
 */
export function parseMessage(data: unknown): KnownMessage | UnreadableMessage | undefined {
  const value = parseObject(data);
  const type = value?.['type'];
  if (value === undefined || typeof type !== 'string') return unreadable('no message');
  if (!Object.hasOwn(CHECKS, type)) return undefined;
  const forms = CHECKS[type as KnownMessage['type']];
  return forms.some((checks) => Object.entries(checks).every(([name, check]) => check(value[name])))
    ? (value as unknown as KnownMessage)
    : unreadable(`no ${type} message of version ${MESSAGE_VERSION}; is this client too old?`);
}

function parseObject(data: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(what: string): UnreadableMessage {
  return { type: 'unreadable', reason: `The API sent something that is ${what}` };
}
