import { hostRecord, streamRecord } from '@mediamtx-monitor/testkit';
import type {
  ConnectionRecord,
  Forward,
  HostsHead,
  LastLive,
  SessionRecord,
  StoredEvent,
  StreamRecord,
  StreamsHead,
} from '@mediamtx-monitor/types';

const SINCE = '2026-11-22T22:41:14.034Z';
const SOURCE_ID = 'aeea726f-8743-4fd6-9d5c-ffbec8daca6e';

const FORWARD: Forward = {
  position: 1,
  protocol: 'rtmp',
  state: 'forwarding',
  error: null,
  remoteAddr: '192.0.2.10:1935',
  outboundBytes: 9_870_262,
  outboundMbps: 1.333,
};
const LAST: LastLive = {
  liveAt: SINCE,
  liveSince: SINCE,
  wasStalled: false,
  sourceType: 'rtspSource',
  tracks: ['H264'],
  media: { video: null, audio: null, others: [] },
  protocol: 'rtsp',
  publisher: null,
  readers: 0,
  inboundMbps: 2,
};

/** The stream that the documents show, with one SRT publisher and one RTSP reader, and one that is lost. */
export const STREAMS: readonly StreamRecord[] = [
  streamRecord({
    name: 'testpattern-sport',
    sourceType: 'srtConn',
    tracks: ['H264', 'MPEG-4 Audio'],
    bytesReceived: 10_300_452,
    readers: 1,
    rtt: 0.46,
    recvRateMbps: 1.4,
    linkCapacityMbps: 2_807.16,
    state: 'live',
    since: SINCE,
    sourceId: SOURCE_ID,
    media: {
      video: { codec: 'H264', width: 1_280, height: 720, profile: 'Baseline', level: '3.1' },
      audio: { codec: 'MPEG-4 Audio', sampleRate: 44_100, channels: 1 },
      others: [],
    },
    inboundMbps: 1.333,
    outboundMbps: 1.333,
    bytesSent: 10_070_262,
    readersByProtocol: { rtsp: 1 },
    rttMs: 0.46,
    latencyMs: 200,
    linkLossPercent: 0,
    retransmitPercent: 0,
    unrecoveredPercent: 0,
    last: null,
    expectedBy: null,
    pull: null,
    forwards: [],
  }),
  streamRecord({
    name: 'vip/guest',
    state: 'missing',
    since: SINCE,
    health: 'critical',
    reasons: [{ code: 'source-down', severity: 'critical', measured: null, limit: null, since: SINCE }],
    last: LAST,
    expectedBy: 'pull',
    onDemand: false,
    pull: { onDemand: false, state: 'error', error: 'connection refused' },
    forwards: [FORWARD],
  }),
];

const CONNECTION = {
  server: 'main',
  stream: 'testpattern-sport',
  user: null,
  userAgent: null,
  since: SINCE,
  health: 'ok',
  reasons: [],
} as const;

export const CONNECTIONS: readonly ConnectionRecord[] = [
  {
    ...CONNECTION,
    id: SOURCE_ID,
    role: 'publish',
    remoteAddr: '127.0.0.1:57257',
    inboundBytes: 11_275_720,
    outboundBytes: 0,
    inboundMbps: 1.455,
    outboundMbps: 0,
    protocol: 'srt',
    srt: {
      rttMs: 0.46,
      rttP50Ms: 0.69,
      rttP95Ms: 1.59,
      latencyMs: 200,
      rttLatencyRatio: 0.0023,
      linkLossPercent: 0,
      retransmitPercent: 0,
      unrecoveredPercent: 0,
      latePercent: 0,
      undecryptablePackets: 0,
      bufferMs: 183,
      framesDiscarded: 0,
    },
  },
  {
    ...CONNECTION,
    id: '5cb1b8a1-2d4b-4d3f-9c55-0d8f0d5a6f11',
    role: 'read',
    remoteAddr: '127.0.0.1:46616',
    inboundBytes: 0,
    outboundBytes: 10_070_262,
    inboundMbps: 0,
    outboundMbps: 1.333,
    protocol: 'rtsp',
    rtsp: {
      lossPercent: null,
      jitterMs: null,
      jitterTicks: null,
      transport: 'TCP',
      tunnel: 'none',
      packetsInError: 0,
      packetsDiscarded: 0,
    },
  },
];

/** The host that the documents show. */
export const HOST = hostRecord({ health: 'ok' });

/** The head of a tick that was collected now. One list could not be read. */
export function headAt(wallMs: number, epoch: number, seq: number): StreamsHead {
  const now = new Date(wallMs).toISOString();
  return {
    type: 'streams',
    v: 1,
    server: 'main',
    epoch,
    seq,
    collectedAt: now,
    publishedAt: now,
    intervalMs: 2_000,
    simulated: false,
    source: { status: 'up', error: null, version: 'v1.20.1' },
    labels: { site: 'north' },
    missing: ['rtspsconns'],
    reasons: [
      {
        code: 'list-missing',
        severity: 'warning',
        measured: null,
        limit: null,
        since: SINCE,
        detail: 'rtspsconns',
      },
    ],
    totals: {
      streams: 1,
      missing: 1,
      readers: 1,
      inboundMbps: 1.333,
      outboundMbps: 1.333,
      states: { idle: 0, waiting: 0, live: 1, stalled: 0, standby: 0, unknown: 0 },
      healths: { ok: 1, warning: 0, critical: 1, unknown: 0 },
    },
  };
}

/** The head of a hosts message of now. */
export function hostsHeadAt(wallMs: number, epoch: number, seq: number): HostsHead {
  const now = new Date(wallMs).toISOString();
  const times = { collectedAt: now, publishedAt: now, intervalMs: 5_000 };
  return { type: 'hosts', v: 1, host: HOST.host, epoch, seq, ...times };
}

const HAPPENED_AGO_MS = 60_000;
const OF_STREAM = { server: 'main', since: null, unseenSince: null, stream: 'testpattern-sport' } as const;

/** What happened a minute ago: the stream came, and went. */
export function eventsAt(wallMs: number): readonly StoredEvent[] {
  const at = new Date(wallMs - HAPPENED_AGO_MS).toISOString();
  const base = { ...OF_STREAM, at, sourceType: 'srtConn', expected: false };
  const cause = { source: 'missing-from-list', text: null } as const;
  return [
    { type: 'stream.online', ...base, severity: 'info', cause: null },
    { type: 'stream.offline', ...base, severity: 'warning', cause, state: 'missing', liveSince: at },
  ];
}

/** The session of its reader, which ended then. */
export function sessionAt(wallMs: number): SessionRecord {
  const at = new Date(wallMs - HAPPENED_AGO_MS).toISOString();
  return {
    ...{ server: 'main', stream: 'testpattern-sport', protocol: 'rtsp', role: 'read' },
    ...{ connection: '9c816e17-a05c-4adb-a759-7b60925eff8e', remoteAddr: '127.0.0.0' },
    ...{ user: null, userAgent: 'Lavf59.27.100', start: at, end: at, unseenSince: null },
    ...{ inboundBytes: 0, outboundBytes: 2_453_975, meanMbps: 0.436, peakMbps: 0.504, discards: 0 },
    ...{ rttWorstMs: null, rttP95Ms: null, lossMeanPercent: 0, lossWorstPercent: 0 },
    healthMs: { ok: 42_003, warning: 0, critical: 0, unknown: 3_033 },
    cause: { source: 'unknown', text: null },
  };
}
