import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';

/** A stream record of a test: an idle stream, but for what is given. */
export function streamRecord(fields: Partial<StreamRecord> = {}): StreamRecord {
  return {
    name: 'cam',
    sourceType: null,
    tracks: [],
    bytesReceived: 0,
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
    inboundMbps: 0,
    outboundMbps: 0,
    bytesSent: 0,
    framesInError: 0,
    framesInErrorPerSecond: 0,
    readersByProtocol: {},
    restarts: 0,
    rttMs: null,
    latencyMs: null,
    linkLossPercent: null,
    retransmitPercent: null,
    unrecoveredPercent: null,
    ...fields,
  };
}

/** A connection record of a test: an RTMP reader, but for what is given. */
export function connectionRecord(
  fields: Partial<Extract<ConnectionRecord, { protocol: 'rtmp' | 'rtmps' }>> = {},
): ConnectionRecord {
  return {
    id: '9ef1b18d-b3c7-447a-8cae-5b4b94a4ef2e',
    server: 'main',
    stream: 'cam',
    role: 'read',
    remoteAddr: '192.0.2.7:50000',
    user: null,
    userAgent: null,
    since: '2026-01-01T00:00:00.000Z',
    inboundBytes: 0,
    outboundBytes: 1_000,
    inboundMbps: null,
    outboundMbps: null,
    health: 'ok',
    reasons: [],
    protocol: 'rtmp',
    rtmp: { framesDiscarded: 0 },
    ...fields,
  };
}
