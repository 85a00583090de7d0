import type { ConnectionRecord, EventCause, Protocol, StoredEvent } from '@mediamtx-monitor/types';
import { isMuxer } from '../../protocols/index.ts';
import { isPullLink } from '../pull-links.ts';
import { FIELD, type StreamBaseline } from './baseline.ts';
import { type Change, earlier, type ListedTick, unseen } from './change.ts';
import {
  beginSession,
  type BusyConnection,
  continueSession,
  type OpenSession,
  type SessionStall,
  written,
} from './session.ts';
import { durationMsOf, sessionRecord, sessionText } from './session-record.ts';

/** What happened to connections. */
interface SessionsTold {
  readonly sessions: ReadonlyMap<string, OpenSession>;
  readonly changes: readonly Change[];
}

/** What is known of the streams of connections. */
interface StreamsTold {
  readonly streams: ReadonlyMap<string, StreamBaseline>;
  readonly ended: ReadonlyMap<string, EventCause>;
}

/**
 * Whether a connection is somebody who brings or takes a stream. The link over which MediaMTX pulls one is told of as its
 * stream, and asked for too seldom to say when it ended; a muxer is no viewer, but stands for all of them.
 */
function isBusy(record: ConnectionRecord): record is BusyConnection {
  return record.stream !== null && record.role !== 'idle' && !isPullLink(record) && !isMuxer(record);
}

function stallOf(stream: StreamBaseline | undefined): SessionStall | null {
  if (stream?.state !== 'stalled' || stream.changedAt === null || stream.health === 'ok') return null;
  return { severity: stream.health, sinceMs: stream.changedAt.monotonicMs };
}

const isSame = ({ owner }: OpenSession, { stream, role, protocol }: BusyConnection): boolean =>
  owner.stream === stream && owner.role === role && owner.protocol === protocol;

function byStreamAndConnection({ owner: a }: OpenSession, { owner: b }: OpenSession): number {
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return a.connection < b.connection ? -1 : 1;
}

/** What all events of a connection say. */
function baseOf({ owner }: OpenSession, { at, settings }: ListedTick, unseenSince: string | null) {
  const { connection, stream, protocol, role, remoteAddr, user } = owner;
  const who = { stream, connection, protocol, role, remoteAddr, user };
  return { at, server: settings.server, ...who, unseenSince, severity: 'info' as const };
}

function writtenDown(session: OpenSession, { settings, now }: ListedTick): Change['baseline'] {
  return { [FIELD.connection(session.owner.connection)]: sessionText(session, settings.server, now) };
}

function opened(session: OpenSession, { since }: ConnectionRecord, tick: ListedTick): Change {
  const event: StoredEvent = {
    type: 'connection.opened',
    ...baseOf(session, tick, tick.unseenSince),
    since: earlier(since, tick.at),
    cause: null,
  };
  return { event: tick.isFirst ? null : event, session: null, baseline: writtenDown(session, tick) };
}

/** Why a connection closed, as far as its stream or MediaMTX itself tells. */
function causeOf({ owner: { stream, role } }: OpenSession, tick: ListedTick, told: StreamsTold): EventCause {
  if (tick.isRestarted) return { source: 'server-restarted', text: null };
  const ended = told.ended.get(stream);
  if (ended?.source === 'path-changed') return ended;
  const isOver = ended !== undefined || (told.streams.get(stream)?.state ?? 'off') === 'off';
  return { source: role === 'read' && isOver ? 'stream-ended' : 'unknown', text: null };
}

function closed(session: OpenSession, tick: ListedTick, told: StreamsTold): Change {
  const { at, now, settings, intervalMs } = tick;
  const unseenSince = unseen(session.seenAt, now, intervalMs);
  const cause = causeOf(session, tick, told);
  const { inboundBytes, outboundBytes, owner } = session;
  return {
    event: {
      type: 'connection.closed',
      ...baseOf(session, tick, unseenSince),
      since: null,
      cause,
      durationMs: durationMsOf(session, now),
      inboundBytes,
      outboundBytes,
    },
    session: sessionRecord(session, settings.server, now, { end: at, unseenSince, cause }),
    baseline: { [FIELD.connection(owner.connection)]: null },
  };
}

/**
 * What happened to connections since they were told of. Those whose list failed neither open nor close: nobody saw them.
 * Pure, and linear in their number.
 * @param failed protocols whose list failed
 */
export function connectionEvents(
  before: ReadonlyMap<string, OpenSession>,
  records: readonly ConnectionRecord[],
  failed: ReadonlySet<Protocol>,
  told: StreamsTold,
  tick: ListedTick,
): SessionsTold {
  const { now, spanMs, settings } = tick;
  const sessions = new Map<string, OpenSession>();
  const begun: Change[] = [];
  const goingOn: Change[] = [];
  const over: Change[] = [];
  for (const record of records) {
    if (!isBusy(record) || sessions.has(record.id)) continue;
    const open = before.get(record.id);
    const isSeen = !failed.has(record.protocol);
    if (open !== undefined && isSame(open, record)) {
      const next = continueSession(open, record, {
        spanMs,
        seenAt: isSeen ? now : open.seenAt,
        stall: stallOf(told.streams.get(record.stream)),
      });
      if (next.owner === open.owner && now.monotonicMs < next.writeFromMs) {
        sessions.set(record.id, next);
        continue;
      }
      goingOn.push({ event: null, session: null, baseline: writtenDown(next, tick) });
      sessions.set(record.id, written(next, now));
    } else if (isSeen) {
      const first = beginSession(record, settings.sessionAddresses, now);
      const session = continueSession(first, record, { spanMs: 0, seenAt: now, stall: null });
      if (open !== undefined) over.push(closed(open, tick, told));
      begun.push(opened(session, record, tick));
      sessions.set(record.id, session);
    }
  }
  const gone: OpenSession[] = [];
  for (const [id, open] of before) {
    if (sessions.has(id)) continue;
    if (failed.has(open.owner.protocol)) sessions.set(id, open);
    else gone.push(open);
  }
  // What is read back from Redis comes in any order.
  for (const open of gone.sort(byStreamAndConnection)) over.push(closed(open, tick, told));
  return { sessions, changes: [...over, ...begun, ...goingOn] };
}
