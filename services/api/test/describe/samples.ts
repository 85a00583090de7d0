import { hostRecord, lossReason, streamRecord } from '@mediamtx-monitor/testkit';
import type {
  Alert,
  AlertSilence,
  AlertsMessage,
  Attention,
  HistoryNumbers,
  AvailabilityReport,
  ConnectionRecord,
  ConnectionsMessage,
  CursorMessage,
  ErrorMessage,
  EventsMessage,
  EventsTrimmedMessage,
  HostRecord,
  HostsMessage,
  HostStatus,
  MonitorEvent,
  NotificationEntry,
  Preview,
  Problem,
  Reason,
  ServerStatus,
  SessionRecord,
  StatusMessage,
  StreamRecord,
  StreamsHead,
  ServersMessage,
  StreamsMessage,
  SubscribeMessage,
  TargetStatus,
  Ticket,
  Totals,
} from '@mediamtx-monitor/types';
import type { SchemaName } from '../../src/describe/components.ts';
import { alertsHeadOf, headOf, hostsHeadOf } from '../publisher.ts';
import { ALERTS, NOTIFICATION, SILENCES, TARGETS } from './alert-samples.ts';
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
const { name, state, health, reasons } = MISSING_STREAM;
const ATTENTION: Attention = { count: 2, worst: [{ name, state, health, reasons }] };
const head = headOf({ totals: TOTALS, name: 'North hall', labels: { site: 'north' } });
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

const AT = '2026-01-01T00:00:00.000Z';
const CAUSE = { source: 'last-error', text: 'EOF' } as const;
const about = { at: AT, server: 'main', unseenSince: null, cause: null, since: null } as const;
const ofStream = { ...about, stream: 'cam/1', sourceType: 'srtConn', expected: true } as const;
const ofConnection = {
  ...about,
  ...({ stream: 'cam/1', connection: 'c1', protocol: 'srt', role: 'read' } as const),
  ...{ remoteAddr: null, user: 'eve' },
};

const EVENTS: readonly MonitorEvent[] = [
  { id: '1-0', type: 'stream.online', severity: 'info', ...ofStream, since: AT, unseenSince: AT },
  {
    ...({
      id: '2-0',
      type: 'stream.offline',
      severity: 'critical',
      state: 'missing',
      liveSince: AT,
    } as const),
    ...ofStream,
    cause: CAUSE,
  },
  { id: '3-1', type: 'stream.recovered', severity: 'info', ...ofStream, stalledMs: 4_000 },
  {
    ...({ id: '4-0', type: 'stream.health', severity: 'warning', from: 'ok', to: 'warning' } as const),
    ...ofStream,
    reasons: [{ code: 'link-loss', severity: 'warning' }],
  },
  { id: '5-0', type: 'stream.restarted', severity: 'warning', ...ofStream, gapMs: null },
  {
    ...({ id: '6-0', type: 'connection.closed', severity: 'info' } as const),
    ...ofConnection,
    ...{ durationMs: 5, inboundBytes: null, outboundBytes: 9 },
  },
  { id: '7-0', type: 'server.unreachable', severity: 'critical', ...about, status: 'down' },
  { id: '8-0', type: 'server.reachable', severity: 'info', ...about, unreachableMs: 5 },
  { id: '9-0', type: 'server.restarted', severity: 'warning', ...about, version: 'v1.20.1' },
  { id: '10-0', type: 'events.trimmed', severity: 'critical', ...about, count: 5, until: AT },
  {
    ...({ id: '11-0', type: 'alert.firing', severity: 'critical' } as const),
    ...{ ...about, server: '', since: AT, alert: 'a1', host: 'media-1', returns: 1 },
    reasons: [{ code: 'disk-high', severity: 'critical' }],
  },
  {
    ...({ id: '12-0', type: 'silence.added', severity: 'info' } as const),
    ...{ ...about, silence: 's1', by: 'ops', match: null, reason: 'off-air', until: AT, comment: 'x' },
  },
  {
    ...({ id: '13-0', type: 'notification.failed', severity: 'warning' } as const),
    ...{ ...about, server: '', target: 'phone', message: 'm1', error: 'HTTP 500' },
  },
];

const SESSIONS: readonly SessionRecord[] = [
  {
    ...({ server: 'main', stream: 'cam/1', connection: 'c1', protocol: 'srt', role: 'publish' } as const),
    ...{ remoteAddr: '192.0.2.0', user: 'eve', userAgent: 'x', start: AT, end: AT, unseenSince: AT },
    ...{ inboundBytes: 1, outboundBytes: 2, meanMbps: 0.5, peakMbps: 1, rttWorstMs: 9.5, rttP95Ms: 8 },
    ...{ lossMeanPercent: 0.1, lossWorstPercent: 2, discards: 0, cause: CAUSE },
    healthMs: { ok: 1, warning: 2, critical: 3, unknown: 4 },
  },
  {
    ...({ server: 'main', stream: 'cam/1', connection: 'c2', protocol: 'hls', role: 'read' } as const),
    ...{ remoteAddr: null, user: null, userAgent: null, start: AT, end: null, unseenSince: null },
    ...{ inboundBytes: null, outboundBytes: null, meanMbps: null, peakMbps: null, rttWorstMs: null },
    ...{ rttP95Ms: null, lossMeanPercent: null, lossWorstPercent: null, discards: null, cause: null },
    healthMs: null,
  },
];

const TIMES = { uptimeSeconds: 80, downtimeSeconds: 20, unknownSeconds: 0, percent: 80, knownPercent: 100 };
const REPORT: AvailabilityReport = {
  from: AT,
  to: AT,
  items: [
    {
      ...({ server: 'main', stream: 'cam/1', ...TIMES, restarts: 1, worstHealth: 'critical' } as const),
      outages: [
        { kind: 'stalled', start: AT, end: AT, lengthSeconds: 15, cause: CAUSE },
        { kind: 'offline', start: AT, end: null, lengthSeconds: 5, cause: null },
      ],
      meanTimeBetweenOutagesSeconds: 40,
      expected: TIMES,
    },
    {
      ...{ server: 'main', stream: 'new', uptimeSeconds: 0, downtimeSeconds: 0, unknownSeconds: 100 },
      ...{ percent: null, knownPercent: 0, restarts: 0, worstHealth: null, outages: [], expected: null },
      meanTimeBetweenOutagesSeconds: null,
    },
  ],
};

interface Samples extends Record<SchemaName, readonly object[]> {
  readonly Reason: readonly Reason[];
  readonly ServerReason: readonly Reason[];
  readonly Totals: readonly Totals[];
  readonly Attention: readonly Attention[];
  readonly StreamRecord: readonly StreamRecord[];
  readonly ConnectionRecord: readonly ConnectionRecord[];
  readonly StreamsMessage: readonly StreamsMessage[];
  readonly ServersMessage: readonly ServersMessage[];
  readonly ConnectionsMessage: readonly ConnectionsMessage[];
  readonly HostRecord: readonly HostRecord[];
  readonly HostsMessage: readonly HostsMessage[];
  readonly ServerStatus: readonly ServerStatus[];
  readonly HostStatus: readonly HostStatus[];
  readonly HistoryNumbers: readonly HistoryNumbers[];
  readonly MonitorEvent: readonly MonitorEvent[];
  readonly EventsMessage: readonly EventsMessage[];
  readonly EventsTrimmedMessage: readonly EventsTrimmedMessage[];
  readonly Alert: readonly Alert[];
  readonly AlertSilence: readonly AlertSilence[];
  readonly TargetStatus: readonly TargetStatus[];
  readonly AlertsMessage: readonly AlertsMessage[];
  readonly NotificationEntry: readonly NotificationEntry[];
  readonly CursorMessage: readonly CursorMessage[];
  readonly SessionRecord: readonly SessionRecord[];
  readonly AvailabilityReport: readonly AvailabilityReport[];
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
  Attention: [ATTENTION, { count: 0, worst: [] }],
  StreamRecord: [LIVE_STREAM, MISSING_STREAM, streamRecord({ since: '2026-01-01T00:00:00Z' })],
  ConnectionRecord: CONNECTIONS,
  StreamsMessage: [
    { ...head, attention: ATTENTION, streams: [LIVE_STREAM, MISSING_STREAM] },
    { ...unreachedHead, attention: null, streams: [] },
  ],
  ServersMessage: [
    { ...head, type: 'servers', attention: ATTENTION, labels: { site: 'north' }, name: 'North' },
    { ...unreachedHead, type: 'servers', attention: null },
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
  MonitorEvent: EVENTS,
  EventsMessage: [{ type: 'events', v: 1, events: EVENTS.slice(0, 1) }],
  EventsTrimmedMessage: [{ type: 'events.trimmed', topic: 'events', after: '1-0', until: '9-12' }],
  Alert: ALERTS,
  AlertSilence: SILENCES,
  TargetStatus: TARGETS,
  AlertsMessage: [
    { ...alertsHeadOf({ targets: TARGETS, silences: SILENCES }), alerts: ALERTS.slice(0, 1) },
    { ...alertsHeadOf(), alerts: [] },
  ],
  NotificationEntry: [
    NOTIFICATION,
    { ...NOTIFICATION, outcome: 'dead', error: 'HTTP 500', message: { id: 'm1' } },
  ],
  CursorMessage: [{ type: 'cursor', cursor: 'events:1767225600000-0' }],
  SessionRecord: SESSIONS,
  AvailabilityReport: [REPORT, { ...REPORT, items: [] }],
  StatusMessage: [
    { type: 'status', server: 'main', stale: true, ageMs: 7_300 },
    { type: 'status', host: 'media-1', stale: false, ageMs: 0 },
    { type: 'status', server: 'main', stale: true, ageMs: null, gone: true },
    { type: 'status', topic: 'alerts', stale: false, ageMs: 0 },
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
    { action: 'subscribe', topics: ['events'], cursor: '1767225600000-0' },
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
