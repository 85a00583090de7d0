import type { MemberNames } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';
import { discarded } from '../world/traffic.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { byRole, numbers } from './numbers.ts';
import { connectionId, rtspTraffic, transportOf } from './rtsp.ts';

const RECEIVED = [
  'inboundBytes',
  'inboundRTPPackets',
  'inboundRTPPacketsLost',
  'inboundRTPPacketsJitter',
  'inboundRTCPPackets',
  'outboundBytes',
  'outboundRTCPPackets',
] as const;

const SENT = [
  'inboundBytes',
  'inboundRTCPPackets',
  'outboundBytes',
  'outboundRTPPackets',
  'outboundRTPPacketsReportedLost',
  'outboundRTPPacketsDiscarded',
  'outboundRTCPPackets',
] as const;

/** Of a publisher’s session. */
export const rtspReceived = numbers<Connection, (typeof RECEIVED)[number]>({
  moving: RECEIVED,
  read: (connection, nowMs) => {
    const traffic = rtspTraffic(connection, nowMs);
    return {
      inboundBytes: traffic.bytesAlong,
      inboundRTPPackets: traffic.packets,
      inboundRTPPacketsLost: traffic.lost,
      inboundRTPPacketsJitter: traffic.jitterTicks,
      inboundRTCPPackets: traffic.rtcpAlong,
      outboundBytes: traffic.bytesAgainst,
      outboundRTCPPackets: traffic.rtcpAgainst,
    };
  },
});

/** Of a reader’s session. */
export const rtspSent = numbers<Connection, (typeof SENT)[number]>({
  moving: SENT,
  read: (connection, nowMs) => {
    const traffic = rtspTraffic(connection, nowMs);
    return {
      inboundBytes: traffic.bytesAgainst,
      inboundRTCPPackets: traffic.rtcpAgainst,
      outboundBytes: traffic.bytesAlong,
      outboundRTPPackets: traffic.packets,
      outboundRTPPacketsReportedLost: traffic.lost,
      outboundRTPPacketsDiscarded: discarded(connection, nowMs),
      outboundRTCPPackets: traffic.rtcpAlong,
    };
  },
});

/** RTSP sessions, or RTSPS sessions. */
export function rtspsessions(members: MemberNames, type: 'rtspSession' | 'rtspsSession'): SimulatedList {
  return listClients(members, type, byRole(rtspReceived, rtspSent), {
    transport: (connection) => `"${transportOf(connection)}"`,
    profile: () => '"AVP"',
    conns: (connection) => `["${connectionId(connection)}"]`,
  });
}
