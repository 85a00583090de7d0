import type { Moment } from '@mediamtx-monitor/runtime';
import type { Reason } from '@mediamtx-monitor/types';
import type { Observation } from '../facts.ts';
import { attentionOf } from './attention.ts';
import { carriedStream } from './carried.ts';
import { deriveConnections } from './connections.ts';
import { type Memory, versionOf } from './memory.ts';
import { rewritten } from './moment.ts';
import { isoTime } from '../samples.ts';
import type { DeriveSettings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import { deriveStreams, joined } from './streams.ts';
import { NO_TOTALS, totalsOf } from './totals.ts';

export { type Expectation, type Expectations, NO_EXPECTATIONS } from './expectations.ts';
export { type Memory, NO_MEMORY } from './memory.ts';
export { type LastPublished, restoreMemory } from './restore.ts';
export { type Baseline, NO_BASELINE, parseBaseline } from './events/baseline.ts';
export type { Change } from './events/change.ts';
export { deriveEvents, lastLook } from './events/index.ts';
export { type SeenConnections, NONE_GONE, seenNow, withLastSeen } from './events/last-seen.ts';
export type { DeriveSettings } from './settings.ts';
export { DEFAULT_THRESHOLDS, type Limits, RECONNECT_WINDOW_MS, type Thresholds } from './settings.ts';
export type { Snapshot } from './snapshot.ts';

/**
 * What is wrong with a server itself: it can't be read, or some of its lists can't.
 * @param unreachableSince since when its path list can't be read; `null` while it can
 */
export function reasonsOfServer(
  missing: readonly string[],
  missingSince: string | null,
  unreachableSince: string | null,
): readonly Reason[] {
  const state = { measured: null, limit: null };
  if (unreachableSince !== null) {
    return [{ code: 'server-unreachable', severity: 'critical', ...state, since: unreachableSince }];
  }
  if (missingSince === null) return [];
  const detail = missing.join(', ');
  return [{ code: 'list-missing', severity: 'warning', ...state, since: missingSince, detail }];
}

/**
 * What is known after a poll, from what was known before it. Pure.
 * Without a path list the records stay as last read: a failed list is never an empty one.
 * @param now when the observation was made
 */
export function derive(
  before: Memory,
  observation: Observation,
  settings: DeriveSettings,
  now: Moment,
): { memory: Memory; snapshot: Snapshot } {
  const connections = deriveConnections(before, observation, settings, now);
  const { status, error, version, missing, startedAtMs } = observation;
  const { failed } = connections;
  const source = { status, error, version };
  const shared = {
    connections: connections.memory,
    pullLinks: connections.pullLinks,
    connectionRecords: connections.records,
    version: versionOf(before, observation),
    missingSince: missing.length === 0 ? null : (before.missingSince ?? isoTime(now.wallMs)),
  };

  if (observation.paths === null) {
    const unknownSinceMs = before.unknownSinceMs ?? now.wallMs;
    const unknownSince = isoTime(unknownSinceMs);
    const streams = before.streamRecords.map((record) =>
      carriedStream(record, before.streams.get(record.name), unknownSince),
    );
    const { simulated } = before;
    const collectedAt = before.collectedAt === null ? null : rewritten(before.collectedAt, now);
    return {
      memory: { ...before, ...shared, collectedAt, streamRecords: streams, unknownSinceMs },
      snapshot: {
        streams,
        connections: connections.records,
        collectedAtMs: collectedAt?.wallMs ?? null,
        simulated,
        source,
        missing,
        totals: NO_TOTALS,
        reasons: reasonsOfServer(missing, shared.missingSince, unknownSince),
        attention: null,
        failed,
        startedAtMs,
      },
    };
  }

  const { simulated, paths, details } = observation;
  const streams = deriveStreams(before, { paths, details }, connections, settings, now);
  const { listed, missing: missingStreams } = streams;
  const records = joined(listed, missingStreams);
  return {
    memory: {
      ...shared,
      streams: streams.memory,
      configurations: details.configurations.size,
      openedAt: streams.openedAt,
      streamRecords: records,
      collectedAt: now,
      unknownSinceMs: null,
      simulated,
    },
    snapshot: {
      streams: records,
      connections: connections.records,
      collectedAtMs: now.wallMs,
      simulated,
      source,
      missing,
      totals: totalsOf(listed, missingStreams),
      reasons: reasonsOfServer(missing, shared.missingSince, null),
      attention: attentionOf(records),
      failed,
      startedAtMs,
    },
  };
}
