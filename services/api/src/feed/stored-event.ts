import {
  hasMembers,
  isCause,
  isCount,
  isDuration,
  isFlag,
  isListOf,
  isText,
  jsonWithId,
  type MemberCheck,
  membersOf,
  optional,
  orNull,
  type StoredEntry,
  type StoredMembers,
  wrongMember,
} from '@mediamtx-monitor/runtime';
import {
  EVENT_SEVERITIES,
  type EventSeverity,
  type EventType,
  isServerId,
  isShallow,
  isTime,
  MESSAGE_VERSION,
  type MonitorEvent,
} from '@mediamtx-monitor/types';
import type { LoggedEvent } from './event-log.ts';

type Checks = Readonly<Record<string, MemberCheck>>;

const TYPE = /^[a-z]{1,32}\.[a-z-]{1,32}$/;
const OF_STREAM = /^(?:stream|connection)\./;
const SEVERITIES: readonly unknown[] = EVENT_SEVERITIES satisfies readonly EventSeverity[];

function isTextOrLeftOut(value: unknown): boolean {
  return value === undefined || isText(value);
}

/** What of any event is relied on. Types that aren't known may be of a newer collector. */
const CHECKS = {
  type: (value) => typeof value === 'string' && TYPE.test(value),
  at: isTime,
  // Empty of what belongs to no server.
  server: (value) => value === '' || (typeof value === 'string' && isServerId(value)),
  severity: (value) => SEVERITIES.includes(value),
  since: orNull(isTime),
  unseenSince: orNull(isTime),
  cause: orNull(isCause),
  stream: isTextOrLeftOut,
  expected: optional(isFlag),
  connection: optional(isText),
  liveSince: optional(isTime),
  until: optional(isTime),
  from: optional(isText),
  to: optional(isText),
  gapMs: optional(isDuration),
  stalledMs: optional(isDuration),
  unreachableMs: optional(isDuration),
  // It would stand there twice.
  id: (value) => value === undefined,
} satisfies Checks;

/** What of one type is relied on beside that. */
interface TypeChecks {
  readonly checks: Checks;
  /** What may be `null`, and is told as that where it was left out. */
  readonly nullable: readonly string[];
}

function typeChecks(needed: Checks, nullable: Checks = {}): TypeChecks {
  const mayLack = Object.entries(nullable).map(([name, check]) => [name, optional(check)] as const);
  return { checks: { ...needed, ...Object.fromEntries(mayLack) }, nullable: Object.keys(nullable) };
}

const areReasons = isListOf(hasMembers({ code: isText, severity: isText }));
const ofStream = { sourceType: isText, expected: isFlag };
const ofConnection = { connection: isText, protocol: isText, role: isText };
const ofPeer = { remoteAddr: isText, user: isText };
const ofAlert: Checks = { alert: isText, host: isTextOrLeftOut };
const TYPE_CHECKS: Readonly<Record<EventType, TypeChecks>> = {
  'stream.online': typeChecks({}, ofStream),
  'stream.offline': typeChecks({}, { ...ofStream, liveSince: isTime }),
  'stream.stalled': typeChecks({}, ofStream),
  'stream.recovered': typeChecks({}, { ...ofStream, stalledMs: isDuration }),
  'stream.restarted': typeChecks({}, { ...ofStream, gapMs: isDuration }),
  'stream.health': typeChecks({ from: isText, to: isText, reasons: areReasons }, ofStream),
  'connection.opened': typeChecks(ofConnection, ofPeer),
  'connection.closed': typeChecks(ofConnection, { ...ofPeer, durationMs: isDuration }),
  'server.unreachable': typeChecks({ status: isText }),
  'server.reachable': typeChecks({}, { unreachableMs: isDuration }),
  'server.restarted': typeChecks({}, { version: isText }),
  'server.unobserved': typeChecks({}),
  'events.trimmed': typeChecks({ count: isCount, until: isTime }),
  'alert.firing': typeChecks({ ...ofAlert, reasons: areReasons }),
  'alert.resolved': typeChecks({ ...ofAlert, reasons: areReasons }),
  'alert.acknowledged': typeChecks({ ...ofAlert, by: isText }, { comment: isText }),
  'silence.added': typeChecks(
    { silence: isText, by: isText, until: isTime, host: isTextOrLeftOut },
    { match: isText, reason: isText, comment: isText },
  ),
  'silence.ended': typeChecks({ silence: isText, host: isTextOrLeftOut }, { by: isText }),
  'notification.failed': typeChecks({ target: isText, error: isText }),
};
const NEWER_TYPE = typeChecks({});

/** Something that happened, as it is kept. */
export interface KeptEvent {
  readonly event: MonitorEvent;
  /** JSON of the event, members that aren't known here among them. */
  readonly json: string;
}

/** Reads an event, or says why it is none. */
export function parseStoredEvent(
  entry: Pick<StoredEntry, 'id' | 'json'>,
): KeptEvent | { readonly reason: string } {
  const read = membersOf(entry, CHECKS);
  if ('reason' in read) return read;
  if (read.members['stream'] === undefined && isAboutStream(read.members))
    return { reason: 'it has no stream' };
  if (!isShallow(read.members)) return { reason: 'it is nested too deep' };
  const { checks, nullable } = checksOf(read.members['type']);
  const wrong = wrongMember(read.members, checks);
  if (wrong !== undefined) return { reason: wrong };
  const absent = nullable.filter((name) => read.members[name] === undefined);
  const nulls = Object.fromEntries(absent.map((name) => [name, null]));
  // All of it that is read here was checked.
  const event = { id: entry.id, ...nulls, ...read.members } as unknown as MonitorEvent;
  return { event, json: jsonWithId(entry, absent) };
}

function checksOf(type: unknown): TypeChecks {
  return Object.hasOwn(TYPE_CHECKS, String(type)) ? TYPE_CHECKS[type as EventType] : NEWER_TYPE;
}

function isAboutStream({ type, sourceType }: StoredMembers): boolean {
  return sourceType !== undefined || (typeof type === 'string' && OF_STREAM.test(type));
}

/** An event as those who follow get it. */
export function loggedEvent({ event, json }: KeptEvent): LoggedEvent {
  const message = `{"type":"events","v":${MESSAGE_VERSION},"events":[${json}]}`;
  return {
    id: event.id,
    subject: event.server,
    stream: 'stream' in event ? (event.stream ?? null) : null,
    json: Buffer.from(message),
  };
}
