import { hostRecord, lossReason, streamRecord } from '@mediamtx-monitor/testkit';
import type {
  HistoryNumbers,
  ConnectionRecord,
  ConnectionsMessage,
  ErrorMessage,
  HostRecord,
  HostsMessage,
  HostStatus,
  Preview,
  Problem,
  Reason,
  ServerStatus,
  StatusMessage,
  StreamRecord,
  StreamsHead,
  StreamsMessage,
  SubscribeMessage,
  Ticket,
  Totals,
} from '@mediamtx-monitor/types';
import type { SchemaName } from '../../src/describe/components.ts';
import { headOf, hostsHeadOf } from '../publisher.ts';
import { CONNECTIONS, LIVE_STREAM, MISSING_STREAM } from './records.ts';

const TOTALS: Totals = {
  streams: 2,
  missing: 1,
  readers: 3,
  inboundMbps: 2.1,
  outboundMbps: 4.2,
  states: { idle: 1, waiting: 0, live: 1, stalled: 0, standby: 0, unknown: 0 },
  healths: { ok: 1, warning: 1, critical: 1, unknown: 0 },
};
const UNREACHABLE: Reason = {
  ...{ code: 'server-unreachable', severity: 'critical', measured: null, limit: null },
  since: '2026-01-01T00:00:00.000Z',
};
const head = headOf({ totals: TOTALS });
const unreachedHead = headOf({
  collectedAt: null,
  source: { status: 'down', error: 'http://127.0.0.1:9997 refused the connection', version: null },
  sourceError: { code: 'connection-refused', values: { url: 'http://127.0.0.1:9997' } },
  missing: ['paths'],
  reasons: [UNREACHABLE],
  totals: {
    streams: null,
    readers: null,
    inboundMbps: null,
    outboundMbps: null,
    states: null,
    healths: null,
  },
});

/** What `GET /api/servers` shows of a head. */
function serverOf(of: StreamsHead, age: Pick<ServerStatus, 'stale' | 'ageMs' | 'gone'>): ServerStatus {
  const shown = Object.entries(of).filter(([name]) => name !== 'type' && name !== 'v');
  return { reasons: [], ...(Object.fromEntries(shown) as Omit<StreamsHead, 'type' | 'v'>), ...age };
}

/** A host of which much is known, and one without disks, swap and MediaMTX. */
const HOSTS: readonly HostRecord[] = [
  hostRecord(),
  hostRecord({ disks: null, temperatureCelsius: null, mediamtx: [], os: null }),
  hostRecord({
    health: 'critical',
    reasons: [
      lossReason({ code: 'disk-high', severity: 'critical', measured: 96, limit: 95, detail: '/srv' }),
    ],
  }),
];

interface Samples extends Record<SchemaName, readonly object[]> {
  readonly Reason: readonly Reason[];
  readonly ServerReason: readonly Reason[];
  readonly Totals: readonly Totals[];
  readonly StreamRecord: readonly StreamRecord[];
  readonly ConnectionRecord: readonly ConnectionRecord[];
  readonly StreamsMessage: readonly StreamsMessage[];
  readonly ConnectionsMessage: readonly ConnectionsMessage[];
  readonly HostRecord: readonly HostRecord[];
  readonly HostsMessage: readonly HostsMessage[];
  readonly ServerStatus: readonly ServerStatus[];
  readonly HostStatus: readonly HostStatus[];
  readonly HistoryNumbers: readonly HistoryNumbers[];
  readonly StatusMessage: readonly StatusMessage[];
  readonly ErrorMessage: readonly ErrorMessage[];
  readonly SubscribeMessage: readonly SubscribeMessage[];
  readonly Ticket: readonly Ticket[];
  readonly Preview: readonly Preview[];
  readonly Problem: readonly Problem[];
}

/** Values as they should be. */
export const SAMPLES: Samples = {
  Reason: [...LIVE_STREAM.reasons, ...MISSING_STREAM.reasons],
  ServerReason: [UNREACHABLE],
  Totals: [TOTALS, unreachedHead.totals],
  StreamRecord: [LIVE_STREAM, MISSING_STREAM, streamRecord({ since: '2026-01-01T00:00:00Z' })],
  ConnectionRecord: CONNECTIONS,
  StreamsMessage: [
    { ...head, streams: [LIVE_STREAM, MISSING_STREAM] },
    { ...unreachedHead, streams: [] },
  ],
  ConnectionsMessage: [
    { ...head, type: 'connections', connections: CONNECTIONS.slice(0, 1) },
    { ...unreachedHead, type: 'connections', connections: [] },
  ],
  HostRecord: HOSTS,
  HostsMessage: HOSTS.map((host) => ({ ...hostsHeadOf(), hosts: [host] })),
  HostStatus: HOSTS.map((host) => {
    const { epoch, seq, collectedAt, publishedAt, intervalMs } = hostsHeadOf();
    return { ...host, epoch, seq, collectedAt, publishedAt, intervalMs, stale: false, ageMs: 12.5 };
  }),
  ServerStatus: [
    serverOf(head, { stale: false, ageMs: 12.5, gone: false }),
    serverOf(unreachedHead, { stale: true, ageMs: null, gone: true }),
  ],
  HistoryNumbers: [{ mean: [1.5, null], min: [0, null], max: [2, null] }, { mean: [] }],
  StatusMessage: [
    { type: 'status', server: 'main', stale: true, ageMs: 7_300 },
    { type: 'status', host: 'media-1', stale: false, ageMs: 0 },
    { type: 'status', server: 'main', stale: true, ageMs: null, gone: true },
  ],
  ErrorMessage: [{ type: 'error', code: 'bad-message', detail: 'Send JSON.' }],
  SubscribeMessage: [
    { action: 'subscribe' },
    {
      action: 'subscribe',
      topics: ['streams', 'connections', 'hosts'],
      server: 'main',
      stream: 'group/**/*-*',
    },
  ],
  Ticket: [{ ticket: 'bWU.1767225600000.x', expiresAt: '2026-01-01T00:00:00.000Z' }],
  Preview: [
    { server: null, protocol: 'webrtc', url: 'http://192.0.2.1:8889' },
    { server: 'north', protocol: 'hls', url: 'https://media.example/north' },
  ],
  Problem: [
    { type: 'about:blank', title: 'Unknown server', status: 404, detail: 'None.', code: 'unknown-server' },
  ],
};
