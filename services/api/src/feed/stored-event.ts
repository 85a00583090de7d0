import {
  isCause,
  isDuration,
  isFlag,
  isText,
  jsonWithId,
  type MemberCheck,
  membersOf,
  optional,
  orNull,
  type StoredEntry,
  type StoredMembers,
} from '@mediamtx-monitor/runtime';
import {
  EVENT_SEVERITIES,
  type EventSeverity,
  isServerId,
  isShallow,
  isTime,
  MESSAGE_VERSION,
  type MonitorEvent,
} from '@mediamtx-monitor/types';
import type { LoggedEvent } from './event-log.ts';

const TYPE = /^[a-z]{1,32}\.[a-z-]{1,32}$/;
const OF_STREAM = /^(?:stream|connection)\./;
const SEVERITIES: readonly unknown[] = EVENT_SEVERITIES satisfies readonly EventSeverity[];

/** What of an event is relied on. Types that aren't known may be of a newer collector. */
const CHECKS = {
  type: (value) => typeof value === 'string' && TYPE.test(value),
  at: isTime,
  // Empty of what belongs to no server.
  server: (value) => value === '' || (typeof value === 'string' && isServerId(value)),
  severity: (value) => SEVERITIES.includes(value),
  since: orNull(isTime),
  unseenSince: orNull(isTime),
  cause: orNull(isCause),
  stream: (value) => value === undefined || isText(value),
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
} satisfies Readonly<Record<string, MemberCheck>>;

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
  // All of it that is read here was checked.
  const event = { id: entry.id, ...read.members } as unknown as MonitorEvent;
  return { event, json: jsonWithId(entry) };
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
