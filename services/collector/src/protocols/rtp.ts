import { rounded } from '@mediamtx-monitor/model';
import type { Role, RtpDetail } from '@mediamtx-monitor/types';
import { asCount, asMeasure, type Fields } from '../fields.ts';
import { type CountersWindow, growth } from '../samples.ts';
import { type DetailContext, type LinkMeasures, MIN_PACKETS } from './protocol.ts';

/** Statistics of RTP in its data's direction. */
export interface RtpFact {
  readonly packets: number | null;
  readonly lostPackets: number | null;
  /** Publishers only. */
  readonly jitterTicks: number | null;
}

/**
 * RTP statistics of an RTSP (1.11.0) or WebRTC session (1.14.0), in the direction of its data; new names since
 * 1.17.0. What a reader lost is known since 1.17.0, from its own reports, and for RTSP only. MediaMTX sends zeros
 * in the direction that isn't used.
 */
export function rtpFact(fields: Fields, role: Role): RtpFact {
  if (role === 'read') {
    return {
      packets: asCount(fields['outboundRTPPackets'] ?? fields['rtpPacketsSent']),
      lostPackets: asCount(fields['outboundRTPPacketsReportedLost']),
      jitterTicks: null,
    };
  }
  return {
    packets: asCount(fields['inboundRTPPackets'] ?? fields['rtpPacketsReceived']),
    lostPackets: asCount(fields['inboundRTPPacketsLost'] ?? fields['rtpPacketsLost']),
    jitterTicks:
      role === 'publish' ? asMeasure(fields['inboundRTPPacketsJitter'] ?? fields['rtpPacketsJitter']) : null,
  };
}

/** The counters of an RTP session's window. */
export function rtpCounters(rtp: RtpFact): readonly (number | null)[] {
  return [rtp.packets, rtp.lostPackets];
}

const PERCENT = 100;
const MS_PER_SECOND = 1_000;

/**
 * Lost packets in percent of those that should have come, over the window; `null` below 200 packets. A receiver
 * counts what came, so what was lost comes on top; a sender counts what it sent, lost ones among them.
 */
function lossPercent(window: CountersWindow, role: Role): number | null {
  const [packets = 0, lost = 0] = growth(window);
  const expected = packets + (role === 'read' ? 0 : lost);
  return expected < MIN_PACKETS ? null : (PERCENT * lost) / expected;
}

/** What RTSP and WebRTC sessions have in common. */
export function rtpDetail(rtp: RtpFact, role: Role, { windows, clockRate }: DetailContext): RtpDetail {
  const { jitterTicks } = rtp;
  return {
    lossPercent: rounded(lossPercent(windows.packets, role), 3),
    jitterMs:
      jitterTicks === null || clockRate === null
        ? null
        : rounded((jitterTicks * MS_PER_SECOND) / clockRate, 3),
    jitterTicks: rounded(jitterTicks, 3),
  };
}

/** What an RTP session is judged by. */
export function rtpMeasures({ lossPercent: rtpLossPercent }: RtpDetail): LinkMeasures {
  return { rttLatencyRatio: null, linkLossPercent: null, unrecoveredPercent: null, rtpLossPercent };
}
