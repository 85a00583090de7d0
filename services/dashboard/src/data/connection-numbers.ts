import type { ConnectionRecord } from '@mediamtx-monitor/types';

/** What all protocols measure alike, where they measure it. */
export interface ConnectionNumbers {
  readonly rttMs: number | null;
  readonly rttP50Ms: number | null;
  readonly rttP95Ms: number | null;
  readonly latencyMs: number | null;
  readonly lossPercent: number | null;
  readonly jitterMs: number | null;
  /** Frames or packets thrown away for a reader that is too slow, in all. */
  readonly discarded: number | null;
}

const NOTHING: ConnectionNumbers = {
  rttMs: null,
  rttP50Ms: null,
  rttP95Ms: null,
  latencyMs: null,
  lossPercent: null,
  jitterMs: null,
  discarded: null,
};

export function connectionNumbers(connection: ConnectionRecord): ConnectionNumbers {
  switch (connection.protocol) {
    case 'srt': {
      const { rttMs, rttP50Ms, rttP95Ms, latencyMs, linkLossPercent, framesDiscarded } = connection.srt;
      return {
        ...NOTHING,
        rttMs,
        rttP50Ms,
        rttP95Ms,
        latencyMs,
        lossPercent: linkLossPercent,
        discarded: framesDiscarded,
      };
    }
    case 'rtsp':
    case 'rtsps': {
      const { lossPercent, jitterMs, packetsDiscarded } = connection.rtsp;
      return { ...NOTHING, lossPercent, jitterMs, discarded: packetsDiscarded };
    }
    case 'webrtc': {
      const { lossPercent, jitterMs, framesDiscarded } = connection.webrtc;
      return { ...NOTHING, lossPercent, jitterMs, discarded: framesDiscarded };
    }
    case 'rtmp':
    case 'rtmps':
      return { ...NOTHING, discarded: connection.rtmp.framesDiscarded };
    case 'hls':
      return { ...NOTHING, discarded: connection.hls.framesDiscarded };
    case 'moq':
      return NOTHING;
  }
}

/** How the data gets here, as far as the protocol says: `UDP`, `http`, a pair of candidates. */
export function transportOf(connection: ConnectionRecord): readonly string[] {
  switch (connection.protocol) {
    case 'rtsp':
    case 'rtsps': {
      const { transport, tunnel } = connection.rtsp;
      return [transport, tunnel === 'none' ? null : tunnel].filter((part) => part !== null);
    }
    case 'webrtc': {
      const { localCandidate, remoteCandidate } = connection.webrtc;
      return [localCandidate, remoteCandidate].filter((part) => part !== null);
    }
    case 'moq': {
      const { transport, version } = connection.moq;
      return [transport, version].filter((part) => part !== null);
    }
    case 'hls':
      return connection.hls.cdn === true ? ['CDN'] : [];
    case 'srt':
    case 'rtmp':
    case 'rtmps':
      return [];
  }
}
