import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';
import { rememberReasons } from './judge.ts';
import { type ConnectionMemory, type Memory, NO_MEMORY, RECENT_MS, type StreamMemory } from './memory.ts';
import { momentWrittenDown } from './moment.ts';
import { CONNECTION_CODES, STREAM_CODES } from './rules.ts';
import { isoTime } from './samples.ts';
import { STALLED_TICKS } from './states.ts';

/** What was last published of a server, by an earlier collector. */
export interface LastPublished {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

/** A source can't begin anew more often while restarts count: once a tick. */
const MAX_RESTARTS = RECENT_MS / 1_000;

function restoreStream(record: StreamRecord, collectedAt: Moment, now: Moment): StreamMemory {
  const { monotonicMs } = collectedAt;
  const ran = record.state === 'live' || record.state === 'stalled';
  const lost = record.reasons.find((reason) => reason.code === 'off-air');
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
    restartsAtMs: Array.from({ length: Math.min(record.restarts ?? 0, MAX_RESTARTS) }, () => monotonicMs),
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

/** The record with no time that is still to come. */
function notAhead<R extends StreamRecord | ConnectionRecord>(record: R, nowMs: number): R {
  const isAhead = (time: string | null): boolean => time !== null && Date.parse(time) > nowMs;
  if (!isAhead(record.since) && !record.reasons.some(({ since }) => isAhead(since))) return record;
  const now = isoTime(nowMs);
  const reasons = record.reasons.map((reason) =>
    isAhead(reason.since) ? { ...reason, since: now } : reason,
  );
  return { ...record, since: isAhead(record.since) ? now : record.since, reasons };
}

/**
 * What a collector that starts takes over from the last published records; windows and rates begin empty. How long ago
 * they were published only the wall clock can tell; what was stored with a later time counts as of now, or it would
 * never be over.
 */
export function restoreMemory(published: LastPublished, now: Moment): Memory {
  const { collectedAtMs, simulated } = published;
  if (collectedAtMs === null) return NO_MEMORY;
  const collectedAt = momentWrittenDown(Math.min(collectedAtMs, now.wallMs), now);
  const streams = published.streams.map((record) => notAhead(record, now.wallMs));
  const connections = published.connections.map((record) => notAhead(record, now.wallMs));
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
