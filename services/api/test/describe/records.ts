import { streamRecord } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';

/** A stream of which everything is known. */
export const LIVE_STREAM: StreamRecord = streamRecord({
  name: 'group/cam 📹',
  sourceType: 'srtConn',
  tracks: ['H264', 'MPEG-4 Audio'],
  bytesReceived: 3_413_148,
  readers: 3,
  rtt: 0.36,
  recvRateMbps: 1.94,
  linkCapacityMbps: 1808.58,
  state: 'live',
  health: 'warning',
  reasons: [
    { code: 'link-loss', severity: 'warning', measured: 1.5, limit: 1, since: '2026-01-01T00:00:00.000Z' },
  ],
  sourceId: '7d3c3773-60d9-4acd-a0fd-17a06c7a95e6',
  media: {
    video: { codec: 'H264', width: 1_920, height: 1_080, profile: 'High', level: '4' },
    audio: { codec: 'MPEG-4 Audio', sampleRate: 44_100, channels: 2 },
    others: ['KLV'],
  },
  inboundMbps: 2.1,
  outboundMbps: 4.2,
  bytesSent: 6_826_296,
  framesInError: 2,
  framesInErrorPerSecond: 0.1,
  readersByProtocol: { srt: 1, hls: 2 },
  restarts: 1,
  rttMs: 0.36,
  latencyMs: 120,
  linkLossPercent: 1.5,
  retransmitPercent: 2,
  unrecoveredPercent: 0.5,
});

/** A stream that MediaMTX doesn't list any more, with all that is known of it. */
export const MISSING_STREAM: StreamRecord = streamRecord({
  name: 'gate',
  state: 'missing',
  health: 'critical',
  reasons: [
    {
      code: 'source-down',
      severity: 'critical',
      measured: null,
      limit: null,
      since: '2026-01-01T00:00:00.000Z',
      detail: 'dial tcp 192.0.2.9:554: connect: connection refused',
    },
  ],
  last: {
    liveAt: '2026-01-01T00:00:00.000Z',
    liveSince: '2025-12-31T12:00:00.000Z',
    wasStalled: true,
    sourceType: 'rtspSource',
    tracks: ['H264'],
    media: LIVE_STREAM.media,
    protocol: 'rtsp',
    publisher: { remoteAddr: '192.0.2.9:554', user: null, userAgent: 'camera' },
    readers: 2,
    inboundMbps: 4.5,
  },
  expectedBy: 'pull',
  onDemand: false,
  pull: { onDemand: false, state: 'error', error: 'dial tcp 192.0.2.9:554: connect: connection refused' },
  forwards: [
    {
      position: 1,
      protocol: 'rtmp',
      state: 'error',
      error: 'connection refused',
      remoteAddr: '192.0.2.10:1935',
      outboundBytes: 1_000,
      outboundMbps: 1.5,
    },
  ],
});

const connection = {
  id: '9ef1b18d-b3c7-447a-8cae-5b4b94a4ef2e',
  server: 'main',
  stream: 'group/cam 📹',
  role: 'read',
  remoteAddr: '192.0.2.7:50000',
  user: 'bob',
  userAgent: 'ffmpeg',
  since: '2026-01-01T00:00:00.000Z',
  inboundBytes: 0,
  outboundBytes: 1_000,
  inboundMbps: 0,
  outboundMbps: 1.5,
  health: 'warning',
  reasons: LIVE_STREAM.reasons,
} as const;
const rtp = { lossPercent: 0.5, jitterMs: 2, jitterTicks: 981.136 };

/** A connection of each kind, everything known. */
export const CONNECTIONS: readonly ConnectionRecord[] = [
  {
    ...connection,
    protocol: 'srt',
    srt: {
      rttMs: 0.23,
      rttP50Ms: 0.27,
      rttP95Ms: 3.57,
      latencyMs: 120,
      rttLatencyRatio: 0.0019,
      linkLossPercent: 1.5,
      retransmitPercent: 1,
      unrecoveredPercent: 0.5,
      latePercent: 2,
      undecryptablePackets: 3,
      bufferMs: 40,
      framesDiscarded: 7,
    },
  },
  {
    ...connection,
    protocol: 'rtsps',
    rtsp: { ...rtp, transport: 'TCP', tunnel: 'none', packetsInError: 1, packetsDiscarded: 2 },
  },
  { ...connection, protocol: 'rtmp', rtmp: { framesDiscarded: 3 } },
  {
    ...connection,
    protocol: 'hls',
    hls: { lastRequestAt: '2026-01-01T00:00:00.000Z', cdn: false, framesDiscarded: 2 },
  },
  {
    ...connection,
    protocol: 'webrtc',
    webrtc: {
      ...rtp,
      established: true,
      localCandidate: 'host/udp/192.0.2.1/8189',
      remoteCandidate: 'prflx/udp/192.0.2.2/50000',
      framesDiscarded: 0,
    },
  },
  { ...connection, protocol: 'moq', moq: { version: 'draft-14', transport: 'webtransport' } },
];
