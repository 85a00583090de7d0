import type { Moment } from '@mediamtx-monitor/runtime';
import { isoTime } from '../../samples.ts';
import type { DeriveSettings } from '../settings.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Baseline, FIELD, type ServerBaseline, serverText } from './baseline.ts';
import { type Change, type EventContext, type ListedTick, unseen } from './change.ts';
import { connectionEvents } from './connection-events.ts';
import { serverEvents } from './server-events.ts';
import { sessionText } from './session-record.ts';
import { streamEvents } from './stream-events.ts';

/** So often it is written down that a collector looked, though nothing happened. */
const WRITE_EVERY_MS = 10_000;

/**
 * What happened since what was told so far, and what is told then: the only place where events and sessions are made.
 * A start, a hand-over and a tick are the same comparison. Pure: what isn't another than before stays the same object.
 *
 * While the path list can't be read nothing is told but of the server itself: unknown is neither up nor down.
 */
export function deriveEvents(
  before: Baseline,
  snapshot: Snapshot,
  context: EventContext,
): { baseline: Baseline; changes: readonly Change[] } {
  const { server, events, isRestarted } = serverEvents(before.server, snapshot, context);
  const changes = events.map((event): Change => ({ event, session: null, baseline: {} }));
  if (snapshot.source.status !== 'up') {
    return { changes, baseline: { ...before, server: writeDown(changes, server) } };
  }
  const tick = listedTick(before.server, isRestarted, context);
  const streams = streamEvents(before.streams, snapshot.streams, tick);
  const { connections, failed } = snapshot;
  const { sessions, changes: ofSessions } = connectionEvents(
    before.sessions,
    connections,
    failed,
    streams,
    tick,
  );
  for (const change of streams.changes) changes.push(change);
  for (const change of ofSessions) changes.push(change);
  return { changes, baseline: { server: writeDown(changes, server), streams: streams.streams, sessions } };
}

function listedTick(before: Baseline['server'], isRestarted: boolean, context: EventContext): ListedTick {
  const { now, intervalMs } = context;
  const listedAt = before?.listedAt ?? null;
  const unseenSince = listedAt === null ? null : unseen(listedAt, now, intervalMs);
  const spanMs = listedAt === null || unseenSince !== null ? 0 : now.monotonicMs - listedAt.monotonicMs;
  return {
    ...context,
    at: isoTime(now.wallMs),
    unseenSince,
    spanMs,
    isFirst: listedAt === null,
    isRestarted,
  };
}

/**
 * Writes down that it was looked, with the last change of a tick: so it never stands there before all that was seen.
 * Where nothing changed only now and then.
 */
function writeDown(changes: Change[], server: ServerBaseline): ServerBaseline {
  const nowMs = server.lookedAt.monotonicMs;
  const last = changes.pop();
  if (last === undefined && nowMs - server.writtenAtMs < WRITE_EVERY_MS) return server;
  const { event, session, baseline } = last ?? { event: null, session: null, baseline: {} };
  changes.push({ event, session, baseline: { ...baseline, [FIELD.server]: serverText(server) } });
  return { ...server, writtenAtMs: nowMs };
}

/**
 * What a collector that stops writes down: when it looked last, and the totals of all open sessions, so that whoever goes
 * on misses nothing of either.
 */
export function lastLook(
  { server, sessions }: Baseline,
  settings: DeriveSettings,
  now: Moment,
): readonly Change[] {
  const totals = Array.from(sessions.values(), (session) => ({
    [FIELD.connection(session.owner.connection)]: sessionText(session, settings.server, now),
  }));
  const look = server === null ? [] : [{ [FIELD.server]: serverText(server) }];
  return [...totals, ...look].map((baseline) => ({ event: null, session: null, baseline }));
}
