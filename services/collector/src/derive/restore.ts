import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';
import { rememberReasons } from './judge.ts';
import { type ConnectionMemory, type Memory, NO_MEMORY, type StreamMemory } from './memory.ts';
import { CONNECTION_CODES, STREAM_CODES } from './rules.ts';
import { STALLED_TICKS } from './states.ts';

/** What was last published of a server, by an earlier collector. */
export interface LastPublished {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

function restoreStream(record: StreamRecord, collectedAtMs: number): StreamMemory {
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
    restartsAtMs: Array.from({ length: record.restarts ?? 0 }, () => collectedAtMs),
    lastLiveAtMs: ran ? collectedAtMs : lost === undefined ? null : Date.parse(lost.since),
    rules: rememberReasons(record.reasons, STREAM_CODES),
    seenAtMs: collectedAtMs,
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

/** What a collector that starts takes over from the last published records; windows and rates begin empty. */
export function restoreMemory({ streams, connections, collectedAtMs, simulated }: LastPublished): Memory {
  if (collectedAtMs === null) return NO_MEMORY;
  // A record published while the path list could not be read tells nothing of how the stream was.
  const told = streams.filter((record) => record.state !== 'unknown');
  const unknown = streams.find((record) => record.state === 'unknown');
  return {
    streams: new Map(told.map((record) => [record.name, restoreStream(record, collectedAtMs)])),
    connections: new Map(connections.map((record) => [record.id, restoreConnection(record)])),
    streamRecords: streams,
    connectionRecords: connections,
    collectedAtMs,
    unknownSinceMs: unknown === undefined ? null : Date.parse(unknown.since),
    simulated,
    version: null,
  };
}
