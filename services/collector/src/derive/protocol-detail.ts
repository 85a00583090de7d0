import type { ProtocolDetail } from '@mediamtx-monitor/types';
import type { ConnectionFact } from '../facts.ts';
import type { ConnectionWindows } from './memory.ts';
import { rtpCounts, rtpDetail } from './rtp-detail.ts';
import type { ConnectionMeasures } from './rules.ts';
import { growthPerSecond, isoTime } from '../samples.ts';
import { srtCounts, srtDetail } from './srt-detail.ts';

/** The counters whose losses are watched, by protocol. */
export function packetCounts(fact: ConnectionFact): readonly (number | null)[] {
  if (fact.protocol === 'srt') return srtCounts(fact.srt);
  return 'rtp' in fact ? rtpCounts(fact.rtp) : [null];
}

/** What is thrown away because a reader is too slow; packets for RTSP, else frames. */
export function discardCount(fact: ConnectionFact): number | null {
  if (fact.role !== 'read') return null;
  if (fact.protocol === 'srt') return fact.srt.framesDiscarded;
  if ('packetsDiscarded' in fact) return fact.packetsDiscarded;
  return 'framesDiscarded' in fact ? fact.framesDiscarded : null;
}

/** The part of a record that its protocol decides. */
export function detailOf(
  fact: ConnectionFact,
  windows: ConnectionWindows,
  clockRate: number | null,
  receivedAtMs: number,
): ProtocolDetail {
  switch (fact.protocol) {
    case 'srt':
      return {
        protocol: 'srt',
        srt: srtDetail(fact.srt, fact.role, windows.packets, windows.rtts, receivedAtMs),
      };
    case 'rtsp':
    case 'rtsps': {
      const { protocol, transport, tunnel, packetsInError, packetsDiscarded } = fact;
      const rtp = rtpDetail(fact.rtp, fact.role, windows.packets, clockRate);
      return { protocol, rtsp: Object.assign(rtp, { transport, tunnel, packetsInError, packetsDiscarded }) };
    }
    case 'rtmp':
    case 'rtmps':
      return { protocol: fact.protocol, rtmp: { framesDiscarded: fact.framesDiscarded } };
    case 'hls': {
      const { lastRequestAtMs, cdn, framesDiscarded } = fact;
      const lastRequestAt = lastRequestAtMs === null ? null : isoTime(lastRequestAtMs);
      return { protocol: 'hls', hls: { lastRequestAt, cdn, framesDiscarded } };
    }
    case 'webrtc': {
      const { established, localCandidate, remoteCandidate, framesDiscarded } = fact;
      const rtp = rtpDetail(fact.rtp, fact.role, windows.packets, clockRate);
      return {
        protocol: 'webrtc',
        webrtc: Object.assign(rtp, { established, localCandidate, remoteCandidate, framesDiscarded }),
      };
    }
    case 'moq':
      return { protocol: 'moq', moq: { version: fact.version, transport: fact.transport } };
  }
}

/**
 * What the connection is judged by. The link loss of an SRT reader is no reason: MediaMTX counts a loss anew with
 * each report of it, about twice as often as it happened.
 */
export function measuresOf(
  { role }: ConnectionFact,
  detail: ProtocolDetail,
  windows: ConnectionWindows,
  srtLossTrusted: boolean,
): ConnectionMeasures {
  const srt = detail.protocol === 'srt' ? detail.srt : null;
  const rtp = 'rtsp' in detail ? detail.rtsp : 'webrtc' in detail ? detail.webrtc : null;
  return {
    rttLatencyRatio: srt?.rttLatencyRatio ?? null,
    linkLossPercent: srtLossTrusted && role !== 'read' ? (srt?.linkLossPercent ?? null) : null,
    unrecoveredPercent: srtLossTrusted ? (srt?.unrecoveredPercent ?? null) : null,
    rtpLossPercent: rtp?.lossPercent ?? null,
    discardsPerSecond: growthPerSecond(windows.discards),
  };
}
