import type { Connection } from '../world/model.ts';
import { randomFrom, uuidFrom } from '../world/random.ts';
import { countRtp, type RtpCounts } from '../world/rtp-packets.ts';

/** What RTSP puts around media: bytes of a packet, and of the frame around it in TCP. */
const RTCP_BYTES = 28;
const FRAME_BYTES = 4;
const HABITS = { packetBytes: 1_320, rtcpAlongPerMs: 0.0004, rtcpAgainstPerMs: 0.0002 };
/** One link in four is UDP; one that loses packets must be. */
const UDP_SEEDS = 2 ** 30;

/** How RTSP's media travels. */
export function transportOf({ link, type }: Connection): 'TCP' | 'UDP' {
  if (link.loss.ratio > 0) return 'UDP';
  return type === 'rtspSession' && link.noiseSeed < UDP_SEEDS ? 'UDP' : 'TCP';
}

/** The id of the connection that a session runs over. */
export function connectionId({ link }: Connection): string {
  return uuidFrom(randomFrom(link.noiseSeed));
}

/** Packets and bytes of a session, with the media (`along`) and against it. */
export interface RtspTraffic extends RtpCounts {
  readonly bytesAlong: number;
  readonly bytesAgainst: number;
  /** The same in its connection, without signalling. Over UDP media goes beside it. */
  readonly framedBytesAlong: number;
}

/** What an RTSP session has carried by a monotonic time in ms. Over TCP nothing goes against the media. */
export function rtspTraffic(connection: Connection, nowMs: number): RtspTraffic {
  const overTcp = transportOf(connection) === 'TCP';
  const counts = countRtp(connection, nowMs, HABITS);
  const rtcpAgainst = overTcp ? 0 : counts.rtcpAgainst;
  const bytesAlong = counts.media + counts.rtcpAlong * RTCP_BYTES;
  return {
    ...counts,
    rtcpAgainst,
    bytesAlong,
    bytesAgainst: rtcpAgainst * RTCP_BYTES,
    framedBytesAlong: overTcp ? bytesAlong + (counts.packets + counts.rtcpAlong) * FRAME_BYTES : 0,
  };
}
