import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';
import { rememberReasons } from './judge.ts';
import { type ConnectionMemory, type Memory, NO_MEMORY, type StreamMemory } from './memory.ts';
import { momentWrittenDown } from './moment.ts';
import { CONNECTION_CODES, STREAM_CODES } from './rules.ts';
import { STALLED_TICKS } from './states.ts';

/** What was last published of a server, by an earlier collector. */
export interface LastPublished {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

function restoreStream(record: StreamRecord, collectedAt: Moment, now: Moment): StreamMemory {
  const { monotonicMs } = collectedAt;
  const ran = record.state === 'live' || record.state === 'stalled';
  const lost = record.reasons.find((reason) => reason.code === 'source-lost');
  return {
    instance: null,
    sourceId: record.sourceId,
    inbound: null,
    outbound: null,
    framesInError: null,
    silentTicks: record.state === 'stalled' ? STALLED_TICKS : 0,
    state: record.state,
    sinceMs: Date.parse(record.since),
    since: record.since,
    // When they happened isn't published: they count for ten more minutes.
    restartsAtMs: Array.from({ length: record.restarts ?? 0 }, () => monotonicMs),
    lastLiveAtMs: ran
      ? monotonicMs
      : lost === undefined
        ? null
        : momentWrittenDown(Date.parse(lost.since), now).monotonicMs,
    rules: rememberReasons(record.reasons, STREAM_CODES),
    seenAtMs: monotonicMs,
  };
}

function restoreConnection(record: ConnectionRecord): ConnectionMemory {
  return {
    since: record.since,
    inbound: null,
    outbound: null,
    packets: null,
    discards: null,
    rtts: null,
    rules: rememberReasons(record.reasons, CONNECTION_CODES),
  };
}

/**
 * What a collector that starts takes over from the last published records; windows and rates begin empty. How long ago
 * they were published only the wall clock can tell.
 */
export function restoreMemory(published: LastPublished, now: Moment): Memory {
  const { streams, connections, collectedAtMs, simulated } = published;
  if (collectedAtMs === null) return NO_MEMORY;
  const collectedAt = momentWrittenDown(collectedAtMs, now);
  // A record published while the path list could not be read tells nothing of how the stream was.
  const told = streams.filter((record) => record.state !== 'unknown');
  const unknown = streams.find((record) => record.state === 'unknown');
  return {
    streams: new Map(told.map((record) => [record.name, restoreStream(record, collectedAt, now)])),
    connections: new Map(connections.map((record) => [record.id, restoreConnection(record)])),
    streamRecords: streams,
    connectionRecords: connections,
    collectedAt,
    unknownSinceMs: unknown === undefined ? null : Date.parse(unknown.since),
    simulated,
    version: null,
  };
}
