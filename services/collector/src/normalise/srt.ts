import type { ConnectionFact } from '../facts.ts';
import { commonFacts, type RawConnection, withDetail } from './connection.ts';
import { asCount, asMeasure } from '../fields.ts';

/** The field of each statistic, by the direction of the data (`/v3/srtconns/list`, MediaMTX 1.6.0). */
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

/** One item of `/v3/srtconns/list`; `null` when it has no id. */
export function normaliseSrt(raw: RawConnection): ConnectionFact | null {
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
