import { worstFirst } from '@mediamtx-monitor/model';
import { liveStream } from '@mediamtx-monitor/testkit';
import {
  type ConnectionRecord,
  type ConnectionsMessage,
  type LastLive,
  type MessageHead,
  type ServersMessage,
  NOTHING_DERIVED,
  type StreamRecord,
  type StreamsMessage,
  type Totals,
} from '@mediamtx-monitor/types';
import { headOf, type FleetSnapshot } from '../../src/data/fleet.ts';
import { keyOf, type ListedStream } from '../../src/model/streams.ts';

/** A healthy live stream, but for what is given. */
export const stream = liveStream;

export function listed(given: Partial<StreamRecord> = {}, more: Partial<ListedStream> = {}): ListedStream {
  const record = stream(given);
  return {
    key: keyOf(record),
    label: record.name,
    stream: record,
    health: record.health,
    reasons: worstFirst(record.reasons),
    stale: false,
    asOf: record.since,
    ...more,
  };
}

const EMPTY_MEDIA = { video: null, audio: null, others: [] };

/** What `stream()` was when it was last live, 5 minutes into 2026, an hour after it began. */
export function lastLive(given: Partial<LastLive> = {}): LastLive {
  return {
    liveAt: '2026-01-01T00:05:00.000Z',
    liveSince: '2025-12-31T23:05:00.000Z',
    wasStalled: false,
    sourceType: 'srtConn',
    tracks: ['H264'],
    media: liveStream().media,
    protocol: 'srt',
    publisher: { remoteAddr: '192.0.2.7:1', user: 'ann', userAgent: 'OBS' },
    readers: 3,
    inboundMbps: 4,
    ...given,
  };
}

/** A stream that was live and isn't listed any more, but for what is given. */
export function missing(given: Partial<StreamRecord> = {}): StreamRecord {
  return stream({
    ...NOTHING_DERIVED,
    sourceType: null,
    sourceId: null,
    tracks: [],
    bytesReceived: null,
    bytesSent: null,
    readers: 0,
    readersByProtocol: {},
    rtt: null,
    recvRateMbps: null,
    linkCapacityMbps: null,
    media: EMPTY_MEDIA,
    state: 'missing',
    health: 'ok',
    last: lastLive(),
    ...given,
  });
}

const TOTALS: Totals = {
  streams: 1,
  readers: 1,
  inboundMbps: 4,
  outboundMbps: 4,
  states: { idle: 0, waiting: 0, live: 1, stalled: 0, standby: 0, unknown: 0 },
  healths: { ok: 1, warning: 0, critical: 0, unknown: 0 },
};

export function totals(given: Partial<Totals> = {}): Totals {
  return { ...TOTALS, ...given };
}

/** Of server `main`, told at the first second of 2026 unless given. */
function head(given: Partial<MessageHead>): Omit<MessageHead, 'type'> {
  return {
    v: 1,
    server: 'main',
    epoch: 1,
    seq: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 2_000,
    simulated: false,
    source: { status: 'up', error: null, version: 'v1.20.1' },
    missing: [],
    totals: TOTALS,
    ...given,
  };
}

/** A snapshot of these streams. */
export function snapshot(streams: readonly StreamRecord[], given: Partial<MessageHead> = {}): StreamsMessage {
  return { ...head(given), type: 'streams', streams };
}

/** The head of a snapshot by itself. */
export function serversMessage(message: StreamsMessage): ServersMessage {
  return { ...headOf(message), type: 'servers' };
}

export function fleet(...messages: readonly StreamsMessage[]): FleetSnapshot {
  const ofServers = new Map(messages.map((message) => [message.server, message]));
  return { servers: ofServers, messages: ofServers, hosts: new Map() };
}

/** The connections of server `main`, told so many seconds after 1970 began. */
export function connectionsMessage(connections: readonly ConnectionRecord[], second = 1): ConnectionsMessage {
  const publishedAt = new Date(second * 1000).toISOString();
  return { ...head({ publishedAt, seq: second }), type: 'connections', connections };
}
