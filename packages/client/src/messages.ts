import {
  type AlertsMessage,
  type ConnectionsMessage,
  type CursorMessage,
  type ErrorMessage,
  EVENT_ID,
  type EventsMessage,
  type EventsTrimmedMessage,
  type HostsMessage,
  MESSAGE_VERSION,
  type NewestTopic,
  type ServersMessage,
  type StatusMessage,
  type StreamsMessage,
} from '@mediamtx-monitor/types';

/** The message of each topic whose newest is all there is to know. */
export interface TopicMessages {
  readonly streams: StreamsMessage;
  readonly servers: ServersMessage;
  readonly connections: ConnectionsMessage;
  readonly hosts: HostsMessage;
  readonly alerts: AlertsMessage;
}
export type TopicMessage = TopicMessages[NewestTopic];

/** Something came that can't be used. */
export interface UnreadableMessage {
  readonly type: 'unreadable';
  /** In words; nothing of the content is in them. */
  readonly reason: string;
}

type KnownMessage =
  TopicMessage | EventsMessage | EventsTrimmedMessage | CursorMessage | StatusMessage | ErrorMessage;
type Check = (value: unknown) => boolean;
type Members = Readonly<Record<string, unknown>>;

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

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object whose members are right. They are named in code, not in a table that is walked through: thousands of records
 * are checked each tick, and so an engine finds a member at once.
 */
function objectOf(areRight: (members: Members) => boolean): Check {
  return (value) => isObject(value) && areRight(value);
}

const areTexts = listOf(isText);
const areReasons = listOf(
  objectOf(({ code, severity, since }) => isText(code) && isText(severity) && isTime(since)),
);
const isMedia = objectOf(({ others }) => areTexts(others));

/** What all heads have. */
function isNumbered({ v, epoch, seq, intervalMs, publishedAt }: Members): boolean {
  return (
    v === MESSAGE_VERSION &&
    Number.isFinite(epoch) &&
    Number.isFinite(seq) &&
    // Timers are set by it, and none can be set for months.
    typeof intervalMs === 'number' &&
    intervalMs > 0 &&
    intervalMs <= DAY_MS &&
    isTime(publishedAt)
  );
}

function isHead(members: Members): boolean {
  return isNumbered(members) && orNull(isTime)(members['collectedAt']);
}

const areLabels = objectOf((labels) => Object.values(labels).every(isText));
const isSourceError = optional(orNull(objectOf(({ code, values }) => isText(code) && isObject(values))));

function isServerHead(members: Members): boolean {
  const { server, reasons, sourceError, name, labels } = members;
  return (
    isHead(members) &&
    isText(server) &&
    optional(areReasons)(reasons) &&
    isSourceError(sourceError) &&
    optional(isText)(name) &&
    optional(areLabels)(labels)
  );
}

function isJudged({ health, reasons }: Members): boolean {
  return isText(health) && areReasons(reasons);
}

const isAttentionOrAbsent = optional(
  orNull(
    objectOf(
      ({ count, worst }) =>
        Number.isFinite(count) &&
        listOf(objectOf((stream) => isJudged(stream) && isText(stream['name']) && isText(stream['state'])))(
          worst,
        ),
    ),
  ),
);

const isLast = objectOf(
  ({ liveAt, liveSince, tracks, media, publisher, sourceType, protocol }) =>
    isTime(liveAt) &&
    isTime(liveSince) &&
    areTexts(tracks) &&
    isMedia(media) &&
    orNull(isObject)(publisher) &&
    isTextOrAbsent(sourceType) &&
    isTextOrAbsent(protocol),
);
const isPull = objectOf(({ state, error }) => isTextOrAbsent(state) && isTextOrAbsent(error));
const isForward = objectOf(
  ({ position, protocol, state, error, remoteAddr }) =>
    Number.isFinite(position) &&
    orNull(isText)(protocol) &&
    isTextOrAbsent(state) &&
    isTextOrAbsent(error) &&
    isTextOrAbsent(remoteAddr),
);
const isLastOrAbsent = optional(orNull(isLast));
const isPullOrAbsent = optional(orNull(isPull));
const areForwardsOrAbsent = optional(orNull(listOf(isForward)));
const isTextOrNull = orNull(isText);

const areStreams = listOf(
  objectOf((stream) => {
    const { name, sourceType, state, since, tracks, media, readersByProtocol, last, pull, forwards } = stream;
    return (
      isJudged(stream) &&
      isText(name) &&
      isTextOrNull(sourceType) &&
      isText(state) &&
      isTime(since) &&
      areTexts(tracks) &&
      isMedia(media) &&
      isObject(readersByProtocol) &&
      isLastOrAbsent(last) &&
      isPullOrAbsent(pull) &&
      areForwardsOrAbsent(forwards)
    );
  }),
);
const isTimeOrNull = orNull(isTime);
const areConnections = listOf(
  objectOf((connection) => {
    const { id, protocol, role, since } = connection;
    return isJudged(connection) && isText(id) && isText(protocol) && isText(role) && isTimeOrNull(since);
  }),
);
const areObjects = listOf(isObject);
const areObjectsOrNull = orNull(areObjects);
const areHosts = listOf(
  objectOf(
    ({ cpu, memory, swap, network, disks, mediamtx }) =>
      [cpu, memory, swap, network].every(isObject) && areObjectsOrNull(disks) && areObjectsOrNull(mediamtx),
  ),
);

const isSubject = objectOf(
  ({ kind, server, host }) => isText(kind) && (kind === 'host' ? isText(host) : isText(server)),
);
const areAlerts = listOf(
  objectOf(
    ({ id, subject, state, severity, reasons, since, mutedBy, silencedBy }) =>
      isText(id) &&
      isSubject(subject) &&
      isText(state) &&
      isText(severity) &&
      areReasons(reasons) &&
      isTime(since) &&
      orNull(isSubject)(mutedBy) &&
      isTextOrNull(silencedBy),
  ),
);

const isEventId: Check = (value) => typeof value === 'string' && EVENT_ID.test(value);
const areEvents = listOf(
  objectOf(
    ({ id, type, at, server, severity }) =>
      isEventId(id) && isText(type) && isTime(at) && isText(server) && isText(severity),
  ),
);

/**
 * What of each kind of message is relied on: the API relays records unread, and a page must not stumble over them. The
 * rest is taken as it is.
 */
const CHECKS: { readonly [Type in KnownMessage['type']]: (message: Members) => boolean } = {
  streams: (message) => isServerHead(message) && areStreams(message['streams']),
  servers: (message) => isServerHead(message) && isAttentionOrAbsent(message['attention']),
  connections: (message) => isServerHead(message) && areConnections(message['connections']),
  hosts: (message) => isHead(message) && isText(message['host']) && areHosts(message['hosts']),
  alerts: (message) =>
    isNumbered(message) &&
    isObject(message['counts']) &&
    areObjects(message['targets']) &&
    areObjects(message['silences']) &&
    areAlerts(message['alerts']),
  events: ({ v, events }) => v === MESSAGE_VERSION && areEvents(events),
  'events.trimmed': ({ topic, after, until }) => isText(topic) && isEventId(after) && isEventId(until),
  cursor: ({ cursor }) => isText(cursor),
  status: ({ stale, ageMs, server, host, topic }) =>
    typeof stale === 'boolean' && orNull(Number.isFinite)(ageMs) && [server, host, topic].some(isText),
  error: ({ code, detail }) => isText(code) && isText(detail),
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
  return CHECKS[type as KnownMessage['type']](value)
    ? (value as unknown as KnownMessage)
    : unreadable(`no ${type} message of version ${MESSAGE_VERSION}; is this client too old?`);
}

function parseObject(data: unknown): Members | undefined {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(what: string): UnreadableMessage {
  return { type: 'unreadable', reason: `The API sent something that is ${what}` };
}
