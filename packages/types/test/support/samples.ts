import {
  type ConnectionRecord,
  MESSAGE_VERSION,
  type Reason,
  type ServerStatus,
  type StreamRecord,
  type StreamsHead,
  type StreamsMessage,
} from '../../src/index.ts';

export const liveRecord: StreamRecord = {
  name: 'testpattern-sport',
  sourceType: 'srtConn',
  tracks: ['H264', 'MPEG-4 Audio'],
  bytesReceived: 3_413_148,
  readers: 1,
  rtt: 0.36,
  recvRateMbps: 1.94,
  linkCapacityMbps: 1808.58,
  server: 'main',
  state: 'live',
  since: '2026-01-01T00:00:00.000Z',
  health: 'warning',
  reasons: [
    { code: 'link-loss', severity: 'warning', measured: 1.5, limit: 1, since: '2026-01-01T00:00:00.000Z' },
  ],
  sourceId: '7d3c3773-60d9-4acd-a0fd-17a06c7a95e6',
  media: {
    video: { codec: 'H264', width: 1920, height: 1080, profile: 'High', level: '4' },
    audio: { codec: 'MPEG-4 Audio', sampleRate: 44_100, channels: 2 },
    others: ['KLV'],
  },
  inboundMbps: 2.1,
  outboundMbps: 4.2,
  bytesSent: 6_826_296,
  framesInError: 0,
  framesInErrorPerSecond: 0,
  readersByProtocol: { srt: 1 },
  restarts: 0,
  rttMs: 0.36,
  latencyMs: 120,
  linkLossPercent: 1.5,
  retransmitPercent: 1.5,
  unrecoveredPercent: 0,
};

export const idleRecord: StreamRecord = {
  name: 'idle/камера 📹',
  sourceType: null,
  tracks: [],
  bytesReceived: null,
  readers: 0,
  rtt: null,
  recvRateMbps: null,
  linkCapacityMbps: null,
  server: 'main',
  state: 'idle',
  since: '2026-01-01T00:00:00.000Z',
  health: 'ok',
  reasons: [],
  sourceId: null,
  media: { video: null, audio: null, others: [] },
  inboundMbps: null,
  outboundMbps: null,
  bytesSent: null,
  framesInError: null,
  framesInErrorPerSecond: null,
  readersByProtocol: {},
  restarts: 0,
  rttMs: null,
  latencyMs: null,
  linkLossPercent: null,
  retransmitPercent: null,
  unrecoveredPercent: null,
};

const connection = {
  id: '9ef1b18d-b3c7-447a-8cae-5b4b94a4ef2e',
  server: 'main',
  stream: 'testpattern-sport',
  role: 'read',
  remoteAddr: '192.0.2.7:50000',
  user: 'bob',
  userAgent: null,
  since: '2026-01-01T00:00:00.000Z',
  inboundBytes: 0,
  outboundBytes: 1_000,
  inboundMbps: 0,
  outboundMbps: 1.5,
  health: 'ok',
  reasons: [],
} as const;
const rtp = { lossPercent: 0.5, jitterMs: null, jitterTicks: 981.136 };

/** One connection of each kind. */
export const connections: readonly ConnectionRecord[] = [
  {
    ...connection,
    protocol: 'srt',
    srt: {
      rttMs: 0.23,
      rttP50Ms: 0.27,
      rttP95Ms: 3.57,
      latencyMs: 120,
      rttLatencyRatio: 0.0019,
      linkLossPercent: 0,
      retransmitPercent: 0,
      unrecoveredPercent: 0,
      latePercent: null,
      undecryptablePackets: null,
      bufferMs: 0,
      framesDiscarded: 0,
    },
  },
  {
    ...connection,
    protocol: 'rtsps',
    rtsp: { ...rtp, transport: 'TCP', tunnel: 'none', packetsInError: 0, packetsDiscarded: 0 },
  },
  { ...connection, protocol: 'rtmp', rtmp: { framesDiscarded: 3 } },
  {
    ...connection,
    protocol: 'hls',
    hls: { lastRequestAt: '2026-01-01T00:00:00.000Z', cdn: false, framesDiscarded: null },
  },
  {
    ...connection,
    protocol: 'webrtc',
    webrtc: {
      ...rtp,
      established: true,
      localCandidate: 'host/udp/192.0.2.1/8189',
      remoteCandidate: null,
      framesDiscarded: 0,
    },
  },
  { ...connection, protocol: 'moq', moq: { version: 'draft-14', transport: 'webtransport' } },
];

/** What a server says that the collector can't read. */
export const unreachable: Reason = {
  code: 'server-unreachable',
  severity: 'critical',
  measured: null,
  limit: null,
  since: '2026-01-01T00:00:00.000Z',
};

/** What heads and server statuses have in common. */
type Shared = Omit<StreamsHead, 'type' | 'v'>;

const shared: Shared = {
  server: 'main',
  epoch: 1_767_225_600_000,
  seq: 1,
  collectedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.123Z',
  intervalMs: 2_000,
  simulated: false,
  source: { status: 'up', error: null, version: 'v1.20.1' },
  missing: [],
  totals: {
    streams: 2,
    readers: 1,
    inboundMbps: 2.1,
    outboundMbps: 4.2,
    states: { idle: 1, waiting: 0, live: 1, stalled: 0, standby: 0, unknown: 0 },
    healths: { ok: 1, warning: 1, critical: 0, unknown: 0 },
  },
};

/** Of a server that never answered. */
const unreached: Shared = {
  ...shared,
  collectedAt: null,
  source: { status: 'down', error: 'http://127.0.0.1:9997 refused the connection', version: null },
  sourceError: { code: 'connection-refused', values: { url: 'http://127.0.0.1:9997' } },
  reasons: [unreachable],
  missing: ['paths'],
  totals: {
    streams: null,
    readers: null,
    inboundMbps: null,
    outboundMbps: null,
    states: null,
    healths: null,
  },
};

export const head: StreamsHead = {
  type: 'streams',
  v: MESSAGE_VERSION,
  ...shared,
  name: 'North hall',
  labels: { site: 'north' },
};
export const unreachedHead: StreamsHead = { type: 'streams', v: MESSAGE_VERSION, ...unreached };
export const message: StreamsMessage = { ...head, streams: [idleRecord, liveRecord] };
export const serverStatus: ServerStatus = { ...shared, stale: false, ageMs: 12, gone: false, reasons: [] };
export const unreachedStatus: ServerStatus = {
  ...unreached,
  stale: true,
  ageMs: null,
  gone: true,
  reasons: [],
};
