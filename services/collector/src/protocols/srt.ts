import { rounded } from '@mediamtx-monitor/model';
import type { Role, SrtDetail } from '@mediamtx-monitor/types';
import { asCount, asMeasure } from '../fields.ts';
import { type CountersWindow, growth, percentiles } from '../samples.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  type DetailContext,
  MIN_PACKETS,
  type ProtocolModule,
  type RawConnection,
  connectionsIn,
  withDetail,
} from './protocol.ts';

/** Statistics of an SRT link in its data's direction; all `null` before 1.6.0. */
export interface SrtFact {
  readonly rttMs: number | null;
  /** In units of 1024² bit/s, as MediaMTX counts. */
  readonly receiveRateMibps: number | null;
  readonly linkCapacityMibps: number | null;
  readonly latencyMs: number | null;
  readonly bufferMs: number | null;
  readonly uniquePackets: number | null;
  readonly lostPackets: number | null;
  readonly retransmittedPackets: number | null;
  readonly droppedPackets: number | null;
  /** Publishers only. */
  readonly undecryptablePackets: number | null;
  readonly framesDiscarded: number | null;
}

export type SrtConnection = ConnectionFactBase & { readonly protocol: 'srt'; readonly srt: SrtFact };

/** The field of each statistic, by the direction of the data (MediaMTX 1.6.0). */
const RECEIVED = {
  latencyMs: 'msReceiveTsbPdDelay',
  bufferMs: 'msReceiveBuf',
  uniquePackets: 'packetsReceivedUnique',
  lostPackets: 'packetsReceivedLoss',
  retransmittedPackets: 'packetsReceivedRetrans',
  droppedPackets: 'packetsReceivedDrop',
} as const;
const SENT = {
  latencyMs: 'msSendTsbPdDelay',
  bufferMs: 'msSendBuf',
  uniquePackets: 'packetsSentUnique',
  lostPackets: 'packetsSendLoss',
  retransmittedPackets: 'packetsRetrans',
  droppedPackets: 'packetsSendDrop',
} as const;

function read(raw: RawConnection): SrtConnection | null {
  const { fields } = raw;
  const common = commonFacts(raw);
  if (common === null) return null;
  const names = common.role === 'read' ? SENT : RECEIVED;
  return withDetail(common, {
    protocol: 'srt',
    srt: {
      rttMs: asMeasure(fields['msRTT']),
      receiveRateMibps: asMeasure(fields['mbpsReceiveRate']),
      linkCapacityMibps: asMeasure(fields['mbpsLinkCapacity']),
      latencyMs: asMeasure(fields[names.latencyMs]),
      bufferMs: asMeasure(fields[names.bufferMs]),
      uniquePackets: asCount(fields[names.uniquePackets]),
      lostPackets: asCount(fields[names.lostPackets]),
      retransmittedPackets: asCount(fields[names.retransmittedPackets]),
      droppedPackets: asCount(fields[names.droppedPackets]),
      undecryptablePackets: common.role === 'read' ? null : asCount(fields['packetsReceivedUndecrypt']),
      framesDiscarded: asCount(fields['outboundFramesDiscarded']),
    },
  });
}

const PERCENT = 100;

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

function srtDetail({ srt, role }: SrtConnection, { windows, receivedAtMs }: DetailContext): SrtDetail {
  const loss = lossPercents(windows.packets, role);
  const [p50 = null, p95 = null] = percentiles(windows.rtts, receivedAtMs, 50, 95);
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

export const SRT: ProtocolModule<
  SrtConnection,
  { readonly protocol: 'srt'; readonly srt: SrtDetail },
  { readonly srtconns: SrtConnection }
> = {
  protocol: 'srt',
  lists: [{ name: 'srtconns', newName: 'srt/conns', itemType: 'srtconn', read }],
  source: { type: 'srtsource', link: (fields, privacy) => read({ fields, privacy, list: 'srtconns' }) },
  normalise: ({ srtconns }) => connectionsIn('srt', 'srtconns', srtconns),
  counters: ({ srt }) => [srt.uniquePackets, srt.lostPackets, srt.retransmittedPackets, srt.droppedPackets],
  discards: ({ srt }) => srt.framesDiscarded,
  rttMs: ({ srt }) => srt.rttMs,
  detail: (fact, context) => ({ protocol: 'srt', srt: srtDetail(fact, context) }),
  /**
   * The link loss of a reader is no reason: MediaMTX counts a loss anew with each report of it, about twice as often as it
   * happened.
   */
  measures: ({ srt }, role, srtLossTrusted) => ({
    rttLatencyRatio: srt.rttLatencyRatio,
    linkLossPercent: srtLossTrusted && role !== 'read' ? srt.linkLossPercent : null,
    unrecoveredPercent: srtLossTrusted ? srt.unrecoveredPercent : null,
    rtpLossPercent: null,
  }),
  figures: ({ srt: { rttMs, rttP95Ms, linkLossPercent, framesDiscarded } }) => ({
    rttMs,
    rttP95Ms,
    lossPercent: linkLossPercent,
    discards: framesDiscarded,
  }),
  blank: ({ srt }) => ({ protocol: 'srt', srt: allNull(srt) }),
};
