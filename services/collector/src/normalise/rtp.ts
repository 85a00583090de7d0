import type { Role } from '@mediamtx-monitor/types';
import type { RtpFact } from '../facts.ts';
import { asCount, asMeasure, type Fields } from '../fields.ts';

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
