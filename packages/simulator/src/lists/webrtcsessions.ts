import type { MemberNames } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';
import { countRtp, type RtpCounts } from '../world/rtp-packets.ts';
import { discarded } from '../world/traffic.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { byRole, numbers } from './numbers.ts';

const HABITS = { packetBytes: 1_150, rtcpAlongPerMs: 0.0009, rtcpAgainstPerMs: 0.0057 };
/** RTP, encryption and UDP around the media of a packet; a whole RTCP packet with the same. */
const HEADER_BYTES = 75;
const RTCP_BYTES = 80;

const SERVER_CANDIDATE = 'host/udp/192.0.2.10/8189';
const CANDIDATE_TYPES = ['host', 'srflx', 'prflx'] as const;

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
  'outboundRTCPPackets',
  'outboundFramesDiscarded',
] as const;

/** Of a publisher’s session. */
export const webrtcReceived = numbers<Connection, (typeof RECEIVED)[number]>({
  moving: RECEIVED,
  read: (connection, nowMs) => {
    const counts = countRtp(connection, nowMs, HABITS);
    return {
      inboundBytes: bytesAlong(counts),
      inboundRTPPackets: counts.packets,
      inboundRTPPacketsLost: counts.lost,
      inboundRTPPacketsJitter: counts.jitterTicks,
      inboundRTCPPackets: counts.rtcpAlong,
      outboundBytes: counts.rtcpAgainst * RTCP_BYTES,
      outboundRTCPPackets: counts.rtcpAgainst,
    };
  },
});

const sent = numbers<Connection, (typeof SENT)[number]>({
  moving: SENT,
  read: (connection, nowMs) => {
    const counts = countRtp(connection, nowMs, HABITS);
    return {
      inboundBytes: counts.rtcpAgainst * RTCP_BYTES,
      inboundRTCPPackets: counts.rtcpAgainst,
      outboundBytes: bytesAlong(counts),
      outboundRTPPackets: counts.packets,
      outboundRTCPPackets: counts.rtcpAlong,
      outboundFramesDiscarded: discarded(connection, nowMs),
    };
  },
});

/** WebRTC clients. */
export function webrtcsessions(members: MemberNames): SimulatedList {
  return listClients(members, 'webRTCSession', byRole(webrtcReceived, sent), {
    peerConnectionEstablished: () => 'true',
    localCandidate: () => `"${SERVER_CANDIDATE}"`,
    remoteCandidate: (connection) => `"${clientCandidate(connection)}"`,
  });
}

function bytesAlong({ media, packets, rtcpAlong }: RtpCounts): number {
  return media + packets * HEADER_BYTES + rtcpAlong * RTCP_BYTES;
}

/** The client's own address, with another port than that of its HTTP request. */
function clientCandidate({ remoteAddr, link }: Connection): string {
  const [host = ''] = remoteAddr.split(':');
  const type = CANDIDATE_TYPES[link.noiseSeed % CANDIDATE_TYPES.length] ?? 'host';
  return `${type}/udp/${host}/${32_768 + (link.noiseSeed % 28_000)}`;
}
