import { carriedMs, lostMs } from './loss.ts';
import type { Connection } from './model.ts';
import { mediaBytes, openMs } from './traffic.ts';
import { wanderAt } from './wander.ts';

/** How media travels in RTP. */
export interface RtpHabits {
  /** Mean media bytes in a packet. */
  readonly packetBytes: number;
  /** RTCP packets that go with the media, and against it. */
  readonly rtcpAlongPerMs: number;
  readonly rtcpAgainstPerMs: number;
}

/** Packets of a connection since it opened. All but the jitter are counters: they never fall. */
export interface RtpCounts {
  readonly media: number;
  readonly packets: number;
  readonly lost: number;
  /** In ticks of RTP's clock. */
  readonly jitterTicks: number;
  readonly rtcpAlong: number;
  readonly rtcpAgainst: number;
}

/** Counts the packets that a connection has carried by a monotonic time in ms. */
export function countRtp(connection: Connection, nowMs: number, habits: RtpHabits): RtpCounts {
  const { flow, link } = connection;
  const media = mediaBytes(connection, nowMs);
  const sinceMs = openMs(connection, nowMs);
  const lost = lostMs(link.loss, carriedMs(connection, nowMs)) * flow.bytesPerMs;
  return {
    media,
    packets: Math.floor(media / habits.packetBytes),
    lost: Math.floor(lost / habits.packetBytes),
    jitterTicks: link.jitterTicks * wanderAt(link.rttWander, nowMs),
    rtcpAlong: Math.floor(sinceMs * habits.rtcpAlongPerMs),
    rtcpAgainst: Math.floor(sinceMs * habits.rtcpAgainstPerMs),
  };
}
