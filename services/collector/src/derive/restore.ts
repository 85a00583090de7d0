import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, Reason, StreamRecord } from '@mediamtx-monitor/types';
import { ABSENCE_CODES } from './absence.ts';
import { nextAiring, stallCounts } from './air.ts';
import { rememberReasons } from './judge.ts';
import {
  type ConnectionMemory,
  type Memory,
  NO_MEMORY,
  type PullLink,
  type PullMemory,
  RECENT_MS,
  type StreamMemory,
} from './memory.ts';
import { momentWrittenDown } from './moment.ts';
import { isPullLink } from './pull-links.ts';
import { CONNECTION_CODES, STREAM_CODES } from './rules.ts';
import { isoTime } from '../samples.ts';
import { STALLED_TICKS } from './states.ts';

/** What was last published of a server, by an earlier collector. */
export interface LastPublished {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** Of the server itself. */
  readonly reasons: readonly Reason[];
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

/** A source can't begin anew more often while restarts count: once a tick. */
const MAX_RESTARTS = RECENT_MS / 1_000;
/** A stream whose record says so was live in the last list that was read. */
const LIST_TOLERANCE_MS = 1_000;

/** The moments of what is read back. */
interface Moments {
  readonly collectedAt: Moment;
  readonly now: Moment;
}

type Air = Pick<StreamMemory, 'lastLiveAt' | 'airing' | 'away' | 'last' | 'liveRecord' | 'livePublisher'>;

function restoreLive(
  record: StreamRecord,
  publisher: ConnectionRecord | null,
  since: string,
  { collectedAt }: Moments,
): Air {
  const sinceMs = Date.parse(since);
  // Of one that is stalled its record says since when no byte comes, not since when it was live.
  const liveForMs = record.state === 'stalled' ? Infinity : Math.max(0, collectedAt.wallMs - sinceMs);
  const runs = record.state !== 'unknown';
  return {
    lastLiveAt: collectedAt,
    airing: nextAiring(undefined, since, liveForMs, collectedAt),
    away: null,
    last: runs ? null : (record.last ?? null),
    liveRecord: runs ? record : null,
    livePublisher: publisher,
  };
}

function restoreAway(
  { state, reasons, last = null, since: stateSince }: StreamRecord,
  { now }: Moments,
): Air {
  const reason = reasons.find(({ code }) => ABSENCE_CODES.has(code));
  const since = reason?.since ?? last?.liveAt ?? stateSince;
  const momentOf = (time: string): Moment => momentWrittenDown(Date.parse(time), now);
  // Before 0.2 no record said when it was live.
  const liveAt = last?.liveAt ?? (reason?.code === 'off-air' ? reason.since : null);
  return {
    lastLiveAt: liveAt === null ? null : momentOf(liveAt),
    airing: null,
    away: {
      since,
      fromMs: momentOf(since).monotonicMs,
      // While the list can't be read no reasons are published.
      isMissed: (reason !== undefined || state === 'unknown') && liveAt !== null,
      wasStalled: last !== null && last.wasStalled && stallCounts(last.sourceType),
      reasonCode: reason?.code ?? null,
    },
    last,
    liveRecord: null,
    livePublisher: null,
  };
}

/** What is known of when a stream was live; of a record that was published while the list could not be read, too. */
function restoreAir(record: StreamRecord, publisher: ConnectionRecord | null, moments: Moments): Air {
  const { state, since, last = null } = record;
  if (state === 'live' || state === 'stalled') return restoreLive(record, publisher, since, moments);
  const wasLive =
    state === 'unknown' &&
    last !== null &&
    Date.parse(last.liveAt) >= moments.collectedAt.wallMs - LIST_TOLERANCE_MS;
  return wasLive ? restoreLive(record, null, last.liveSince, moments) : restoreAway(record, moments);
}

function restorePull({ pull = null }: StreamRecord, { monotonicMs }: Moment): PullMemory | null {
  return pull === null ? null : { ...pull, answeredAtMs: monotonicMs, errorAtMs: monotonicMs };
}

function restoreStream(
  record: StreamRecord,
  publisher: ConnectionRecord | null,
  moments: Moments,
): StreamMemory {
  const { monotonicMs } = moments.collectedAt;
  const isKnown = record.state !== 'unknown';
  return Object.assign(restoreAir(record, publisher, moments), {
    instance: null,
    sourceId: record.sourceId,
    confName: null,
    onDemand: record.onDemand ?? record.pull?.onDemand ?? null,
    inbound: null,
    outbound: null,
    framesInError: null,
    silentTicks: record.state === 'stalled' ? STALLED_TICKS : 0,
    heardAt:
      record.state === 'stalled'
        ? momentWrittenDown(Date.parse(record.since), moments.now)
        : moments.collectedAt,
    state: record.state,
    // Since when it is as it was isn't published while the list can't be read.
    sinceMs: isKnown ? Date.parse(record.since) : 0,
    since: record.since,
    // When they happened isn't published: they count for ten more minutes.
    restartsAtMs: Array.from({ length: Math.min(record.restarts ?? 0, MAX_RESTARTS) }, () => monotonicMs),
    seenAtMs: monotonicMs,
    pull: restorePull(record, moments.collectedAt),
    forwards: null,
    rules: rememberReasons(record.reasons, STREAM_CODES),
  });
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

function restorePullLinks(
  connections: readonly ConnectionRecord[],
  { monotonicMs }: Moment,
): Map<string, PullLink> {
  const links = new Map<string, PullLink>();
  for (const record of connections) {
    if (record.stream === null || !isPullLink(record)) continue;
    links.set(record.stream, { record, answeredAtMs: monotonicMs, readyAtMs: null });
  }
  return links;
}

/** The record with no time that is still to come. */
function notAhead<R extends StreamRecord | ConnectionRecord>(record: R, nowMs: number): R {
  const isAhead = (time: string): boolean => Date.parse(time) > nowMs;
  const { since, reasons } = record;
  const last = 'last' in record ? (record.last ?? null) : null;
  const times = [
    since ?? [],
    reasons.map((reason) => reason.since),
    last?.liveAt ?? [],
    last?.liveSince ?? [],
  ];
  if (!times.flat().some(isAhead)) return record;
  const bounded = (time: string): string => (isAhead(time) ? isoTime(nowMs) : time);
  return {
    ...record,
    since: since === null ? null : bounded(since),
    reasons: reasons.map((reason) => ({ ...reason, since: bounded(reason.since) })),
    ...(last !== null && {
      last: { ...last, liveAt: bounded(last.liveAt), liveSince: bounded(last.liveSince) },
    }),
  };
}

/** Since when something is wrong with the server. */
function sinceOf(reasons: readonly Reason[], code: Reason['code'], nowMs: number): string | null {
  const since = reasons.find((reason) => reason.code === code)?.since ?? null;
  return since !== null && Date.parse(since) > nowMs ? isoTime(nowMs) : since;
}

/**
 * What a collector that starts takes over from the last published records; windows and rates begin empty. How long ago
 * they were published only the wall clock can tell; what was stored with a later time counts as of now, or it would
 * never be over.
 */
export function restoreMemory(published: LastPublished, now: Moment): Memory {
  const { collectedAtMs, simulated, reasons } = published;
  const unreachableSince = sinceOf(reasons, 'server-unreachable', now.wallMs);
  const ofServer = {
    unknownSinceMs: unreachableSince === null ? null : Date.parse(unreachableSince),
    missingSince: sinceOf(reasons, 'list-missing', now.wallMs),
  };
  if (collectedAtMs === null) return { ...NO_MEMORY, ...ofServer };
  const collectedAt = momentWrittenDown(Math.min(collectedAtMs, now.wallMs), now);
  const streams = published.streams.map((record) => notAhead(record, now.wallMs));
  const connections = published.connections.map((record) => notAhead(record, now.wallMs));
  // A record published while the path list could not be read tells of how the stream was only where it says when.
  const known = streams.filter(({ state, last = null }) => state !== 'unknown' || last !== null);
  const unknown = streams.find((record) => record.state === 'unknown');
  const byId = new Map(connections.map((record) => [record.id, record]));
  const moments = { collectedAt, now };
  const publisherOf = ({ sourceId }: StreamRecord): ConnectionRecord | null =>
    sourceId === null ? null : (byId.get(sourceId) ?? null);
  return {
    streams: new Map(
      known.map((record) => [record.name, restoreStream(record, publisherOf(record), moments)]),
    ),
    connections: new Map(connections.map((record) => [record.id, restoreConnection(record)])),
    pullLinks: restorePullLinks(connections, collectedAt),
    configurations: 0,
    openedAt: [],
    streamRecords: streams,
    connectionRecords: connections,
    collectedAt,
    ...ofServer,
    unknownSinceMs: unknown === undefined ? ofServer.unknownSinceMs : Date.parse(unknown.since),
    simulated,
    version: null,
  };
}
