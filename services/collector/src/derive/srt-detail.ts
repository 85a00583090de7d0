import type { Role, SrtDetail } from '@mediamtx-monitor/types';
import type { SrtFact } from '../facts.ts';
import { type CountersWindow, growth, percentiles, rounded, type ValuesWindow } from '../samples.ts';

/** Below this many packets a percentage is chance. */
export const MIN_PACKETS = 200;
const PERCENT = 100;

/** The counters of an SRT connection's window. */
export function srtCounts(srt: SrtFact): (number | null)[] {
  return [srt.uniquePackets, srt.lostPackets, srt.retransmittedPackets, srt.droppedPackets];
}

interface LossPercents {
  readonly link: number;
  readonly retransmit: number;
  readonly unrecovered: number;
  readonly late: number | null;
}

/**
 * Losses over the window as sums, since a repair arrives a tick after its loss. A receiver's `drop` counts late and
 * duplicate packets, so what was retransmitted in vain is taken off before repairs are counted; a sender's `drop` is
 * what it gave up.
 */
function lossPercents(window: CountersWindow, role: Role): LossPercents | null {
  const [unique = 0, lost = 0, retransmitted = 0, dropped = 0] = growth(window);
  if (unique < MIN_PACKETS) return null;
  const percent = (packets: number): number => (PERCENT * packets) / unique;
  const unrecovered = role === 'read' ? dropped : Math.max(0, lost - (retransmitted - dropped));
  return {
    link: percent(lost),
    retransmit: percent(retransmitted),
    unrecovered: percent(unrecovered),
    late: role === 'read' ? null : percent(dropped),
  };
}

/** What an SRT connection shows. */
export function srtDetail(
  srt: SrtFact,
  role: Role,
  packets: CountersWindow,
  rtts: ValuesWindow,
  receivedAtMs: number,
): SrtDetail {
  const loss = lossPercents(packets, role);
  const [p50 = null, p95 = null] = percentiles(rtts, receivedAtMs, 50, 95);
  const { rttMs, latencyMs } = srt;
  return {
    rttMs: rounded(rttMs, 2),
    rttP50Ms: rounded(p50, 2),
    rttP95Ms: rounded(p95, 2),
    latencyMs,
    rttLatencyRatio:
      rttMs === null || latencyMs === null || latencyMs === 0 ? null : rounded(rttMs / latencyMs, 4),
    linkLossPercent: rounded(loss?.link ?? null, 3),
    retransmitPercent: rounded(loss?.retransmit ?? null, 3),
    unrecoveredPercent: rounded(loss?.unrecovered ?? null, 3),
    latePercent: rounded(loss?.late ?? null, 3),
    undecryptablePackets: srt.undecryptablePackets,
    bufferMs: srt.bufferMs,
    framesDiscarded: srt.framesDiscarded,
  };
}
