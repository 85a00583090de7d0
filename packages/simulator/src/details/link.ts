import { JsonBytes } from '../lists/json-bytes.ts';
import type { NumberForm, NumberWriter } from '../lists/numbers.ts';
import { rtmpReceived, rtmpSent } from '../lists/rtmpconns.ts';
import { transportOf } from '../lists/rtsp.ts';
import { rtspReceived, rtspSent } from '../lists/rtspsessions.ts';
import { srtStatistics } from '../lists/srt-statistics.ts';
import { webrtcReceived } from '../lists/webrtcsessions.ts';
import { SRT_STATISTICS } from '../versions/srt-members.ts';
import { members } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';

const RTSP = `inboundBytes inboundRTPPackets inboundRTPPacketsLost inboundRTPPacketsInError inboundRTPPacketsJitter
  inboundRTCPPackets inboundRTCPPacketsInError outboundBytes outboundRTPPackets`;
const RTMP = members('inboundBytes outboundBytes');

const writer = (form: NumberForm<Connection>, names: string | readonly string[]): NumberWriter<Connection> =>
  form(typeof names === 'string' ? members(names) : names);

const srt = srtStatistics(1);
const WRITERS = {
  pulled: {
    srtConn: writer(srt, SRT_STATISTICS),
    rtspSession: writer(rtspReceived, `${RTSP} outboundRTCPPackets`),
    rtmpConn: writer(rtmpReceived, RTMP),
    webRTCSession: writer(
      webrtcReceived,
      `inboundBytes inboundRTPPackets inboundRTPPacketsLost inboundRTPPacketsJitter inboundRTCPPackets
       outboundBytes outboundRTPPackets outboundRTCPPackets`,
    ),
  },
  sent: {
    srtConn: writer(srt, `${SRT_STATISTICS} outboundFramesDiscarded`),
    rtspSession: writer(rtspSent, `${RTSP} outboundRTPPacketsReportedLost outboundRTCPPackets`),
    rtmpConn: writer(rtmpSent, RTMP),
  },
} as const;

const LOCAL_CANDIDATE = 'host/udp/192.0.2.10/8189';
const numberedHost = ({ remoteAddr }: Connection): string => remoteAddr.split(':')[0] ?? '';

/** What stands before the numbers, as JSON. */
function headOf(connection: Connection): string {
  const address = `"remoteAddr":"${connection.remoteAddr}"`;
  if (connection.type === 'rtspSession') return `${address},"transport":"${transportOf(connection)}"`;
  if (connection.type !== 'webRTCSession') return address;
  const remote = `host/udp/${numberedHost(connection)}/50000`;
  return `${address},"peerConnectionEstablished":true,"localCandidate":"${LOCAL_CANDIDATE}","remoteCandidate":"${remote}"`;
}

function withNumbers(connection: Connection, write: NumberWriter<Connection>, nowMs: number): string {
  const out = new JsonBytes(2_000);
  write(connection, nowMs, out);
  return `{${headOf(connection)},${out.written().toString()}}`;
}

/** `typeSpecific` of a source that is pulled, as JSON: the link's statistics, where its protocol has any. */
export function writePullLink(link: Connection, nowMs: number): string {
  const { type } = link;
  const known =
    type === 'srtConn' || type === 'rtspSession' || type === 'rtmpConn' || type === 'webRTCSession';
  return known ? withNumbers(link, WRITERS.pulled[type], nowMs) : 'null';
}

/** The same of a place that a stream is sent on to. */
export function writeForwardLink(link: Connection, nowMs: number): string {
  const { type } = link;
  const known = type === 'srtConn' || type === 'rtspSession' || type === 'rtmpConn';
  return known ? withNumbers(link, WRITERS.sent[type], nowMs) : 'null';
}
