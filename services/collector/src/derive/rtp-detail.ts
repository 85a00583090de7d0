import type { Role, RtpDetail } from '@mediamtx-monitor/types';
import type { RtpFact } from '../facts.ts';
import { type CountersWindow, growth, rounded } from '../samples.ts';
import { MIN_PACKETS } from './srt-detail.ts';

const PERCENT = 100;
const MS_PER_SECOND = 1_000;

/** The counters of an RTP session's window. */
export function rtpCounts(rtp: RtpFact): (number | null)[] {
  return [rtp.packets, rtp.lostPackets];
}

/**
 * Lost packets in percent of those that should have come, over the window; `null` below 200 packets. A receiver
 * counts what came, so what was lost comes on top; a sender counts what it sent, lost ones among them.
 */
function lossPercent(window: CountersWindow, role: Role): number | null {
  const [packets = 0, lost = 0] = growth(window);
  const expected = packets + (role === 'read' ? 0 : lost);
  return expected < MIN_PACKETS ? null : (PERCENT * lost) / expected;
}

/**
 * What RTSP and WebRTC sessions have in common.
 * @param clockRate of the stream in Hz, `null` when not known
 */
export function rtpDetail(
  rtp: RtpFact,
  role: Role,
  packets: CountersWindow,
  clockRate: number | null,
): RtpDetail {
  const { jitterTicks } = rtp;
  return {
    lossPercent: rounded(lossPercent(packets, role), 3),
    jitterMs:
      jitterTicks === null || clockRate === null
        ? null
        : rounded((jitterTicks * MS_PER_SECOND) / clockRate, 3),
    jitterTicks: rounded(jitterTicks, 3),
  };
}
