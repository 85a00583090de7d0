import type { ConnectionRecord, Reason, SrtDetail } from '@mediamtx-monitor/types';

const BASE = {
  id: 'c1',
  server: 'main',
  stream: 'cam',
  role: 'read',
  remoteAddr: '192.0.2.1:5000',
  user: null,
  userAgent: null,
  since: '2026-01-01T00:00:00.000Z',
  inboundBytes: 1,
  outboundBytes: 1,
  inboundMbps: 4,
  outboundMbps: 4,
  health: 'ok',
  reasons: [],
} as const;

const SRT: SrtDetail = {
  rttMs: 10,
  rttP50Ms: 10,
  rttP95Ms: 20,
  latencyMs: 120,
  rttLatencyRatio: 0.1,
  linkLossPercent: 0,
  retransmitPercent: 0,
  unrecoveredPercent: 0,
  latePercent: 0,
  undecryptablePackets: 0,
  bufferMs: 100,
  framesDiscarded: 0,
};

type Given = Partial<Omit<ConnectionRecord, 'protocol'>>;

/** A healthy reader over SRT, but for what is given. */
export function srt(given: Given = {}, detail: Partial<SrtDetail> = {}): ConnectionRecord {
  return { ...BASE, ...given, protocol: 'srt', srt: { ...SRT, ...detail } };
}

export function webrtc(given: Given = {}): ConnectionRecord {
  return {
    ...BASE,
    ...given,
    protocol: 'webrtc',
    webrtc: {
      lossPercent: 2,
      jitterMs: 3,
      jitterTicks: 270,
      established: true,
      localCandidate: 'host/udp/192.0.2.9/8189',
      remoteCandidate: null,
      framesDiscarded: 5,
    },
  };
}

/** A reader for whom things are thrown away. */
export function slow(id: string): ConnectionRecord {
  return webrtc({ id, health: 'warning', reasons: [reason({ code: 'discards', measured: 3 })] });
}

export function reason(given: Partial<Reason> = {}): Reason {
  return {
    code: 'link-loss',
    severity: 'warning',
    measured: 2,
    limit: 1,
    since: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}
