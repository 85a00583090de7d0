import type { StoredEvent } from '@mediamtx-monitor/types';
import { isoTime } from '../../samples.ts';
import type { ServerBaseline } from './baseline.ts';
import { earlier, type EventContext, unseen } from './change.ts';
import type { Snapshot } from '../snapshot.ts';

/** What is told of a server itself, and whether that has to do with its streams and connections, too. */
interface ServerEvents {
  readonly server: ServerBaseline;
  readonly events: readonly StoredEvent[];
  readonly isRestarted: boolean;
}

/** What happened to a server itself since it was looked at last. Pure. */
export function serverEvents(
  before: ServerBaseline | null,
  { source, startedAtMs }: Snapshot,
  { settings, now, intervalMs }: EventContext,
): ServerEvents {
  const at = isoTime(now.wallMs);
  const unseenSince = before === null ? null : unseen(before.lookedAt, now, intervalMs);
  const base = { at, server: settings.server, since: null, unseenSince, cause: null };
  const events: StoredEvent[] = [];
  if (before === null) events.push({ type: 'server.unobserved', ...base, severity: 'info' });
  if (unseenSince !== null) events.push({ type: 'server.unobserved', ...base, severity: 'warning' });
  const isUp = source.status === 'up';
  const since = before?.unreachableSince ?? null;
  if (!isUp && since === null) {
    events.push({ type: 'server.unreachable', ...base, severity: 'critical', status: source.status });
  }
  if (isUp && since !== null) {
    const unreachableMs = Math.round(now.monotonicMs - since.monotonicMs);
    events.push({ type: 'server.reachable', ...base, severity: 'info', unreachableMs });
  }
  const startedAt = startedAtMs === null ? (before?.startedAt ?? null) : isoTime(startedAtMs);
  const isRestarted = isUp && (before?.startedAt ?? startedAt) !== startedAt;
  if (isRestarted) {
    const began = earlier(startedAt, at);
    const { version } = source;
    events.push({ type: 'server.restarted', ...base, severity: 'warning', since: began, version });
  }
  return {
    server: {
      lookedAt: now,
      listedAt: isUp ? now : (before?.listedAt ?? null),
      unreachableSince: isUp ? null : (since ?? now),
      // Until the restart is told it is that of the process before.
      startedAt: isUp ? startedAt : (before?.startedAt ?? null),
      writtenAtMs: before?.writtenAtMs ?? -Infinity,
    },
    events,
    isRestarted,
  };
}
