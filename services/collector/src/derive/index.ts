import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, Source, StreamRecord, Totals } from '@mediamtx-monitor/types';
import type { Observation, PathFact } from '../facts.ts';
import { carriedStream } from './carried.ts';
import { type DerivedConnections, deriveConnections } from './connections.ts';
import { MAX_REMEMBERED, type Memory, RECENT_MS, type StreamMemory, versionOf } from './memory.ts';
import { rewritten } from './moment.ts';
import { protocolOf } from './readers.ts';
import { isoTime } from './samples.ts';
import type { Settings } from './settings.ts';
import { deriveStream } from './stream.ts';
import { NO_TOTALS, totalsOf } from './totals.ts';

export { type Memory, NO_MEMORY } from './memory.ts';
export { type LastPublished, restoreMemory } from './restore.ts';
export type { Settings } from './settings.ts';
export { DEFAULT_THRESHOLDS, type Limits, type Thresholds } from './thresholds.ts';

/** All that is known of a server after a poll, and how it is known. */
export interface Snapshot {
  /** By name. */
  readonly streams: readonly StreamRecord[];
  /** By stream and id. */
  readonly connections: readonly ConnectionRecord[];
  /** Unix time in ms of the last good path list; `null` if there never was one. */
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
  readonly source: Source;
  readonly missing: readonly string[];
  readonly totals: Totals;
}

const byName = (a: PathFact, b: PathFact): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function deriveStreams(
  before: Memory,
  paths: NonNullable<Observation['paths']>,
  { publishers, failed, discardingReaders }: DerivedConnections,
  settings: Settings,
  now: Moment,
) {
  const records: StreamRecord[] = [];
  const memory = new Map<string, StreamMemory>();
  const { server, hysteresis, thresholdsOf } = settings;
  const context = { server, hysteresis, now, receivedAtMs: paths.receivedAtMs };
  for (const path of paths.facts.toSorted(byName)) {
    const { sourceId, sourceType } = path;
    const protocol = sourceId === null || sourceType === null ? null : protocolOf(sourceType);
    const surroundings = {
      publisher: sourceId === null ? null : (publishers.get(sourceId) ?? null),
      publisherListFailed: protocol !== null && failed.has(protocol),
      // Of a list that failed nobody knows: none seen isn't none.
      discardingReaders: discardingReaders.get(path.name) ?? (failed.size > 0 ? null : 0),
      thresholds: thresholdsOf(path.name),
    };
    const derived = deriveStream(path, before.streams.get(path.name), surroundings, context);
    records.push(derived.record);
    memory.set(path.name, derived.memory);
  }
  // Streams that went are remembered for a while: they may come back, which is a restart. The last to go come first.
  const most = memory.size + MAX_REMEMBERED;
  for (const [name, gone] of before.streams) {
    if (memory.size === most) break;
    if (!memory.has(name) && now.monotonicMs - gone.seenAtMs < RECENT_MS) memory.set(name, gone);
  }
  return { records, memory };
}

/**
 * What is known after a poll, from what was known before it. Pure.
 * Without a path list the records stay as last read: a failed list is never an empty one.
 * @param now when the observation was made
 */
export function derive(
  before: Memory,
  observation: Observation,
  settings: Settings,
  now: Moment,
): { memory: Memory; snapshot: Snapshot } {
  const connections = deriveConnections(before, observation, settings, now);
  const { status, error, version, missing } = observation;
  const source = { status, error, version };
  const shared = {
    connections: connections.memory,
    connectionRecords: connections.records,
    version: versionOf(before, observation),
  };

  if (observation.paths === null) {
    const unknownSinceMs = before.unknownSinceMs ?? now.wallMs;
    const unknownSince = isoTime(unknownSinceMs);
    const streams = before.streamRecords.map((record) => carriedStream(record, unknownSince));
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
      },
    };
  }

  const streams = deriveStreams(before, observation.paths, connections, settings, now);
  const { simulated } = observation;
  return {
    memory: {
      ...shared,
      streams: streams.memory,
      streamRecords: streams.records,
      collectedAt: now,
      unknownSinceMs: null,
      simulated,
    },
    snapshot: {
      streams: streams.records,
      connections: connections.records,
      collectedAtMs: now.wallMs,
      simulated,
      source,
      missing,
      totals: totalsOf(streams.records),
    },
  };
}
