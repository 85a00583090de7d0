import { bytesPerMs } from '../world/flow.ts';
import type { Connection } from '../world/model.ts';
import { noise } from '../world/random.ts';
import {
  countPackets,
  packetBytes,
  PAYLOAD_BYTES,
  retransmittedPercent,
  TRANSPORT_OVERHEAD,
} from '../world/srt-packets.ts';
import { discarded, openMs } from '../world/traffic.ts';
import { wanderAt } from '../world/wander.ts';
import { byRole, numbers, type NumberForm } from './numbers.ts';

const BYTES_PER_MS_OF_MBPS = 1024 ** 2 / 8 / 1000;
const LATENCY_MS = 120;
const ACKS_PER_MS = 0.07;
/** How long a jumping number stays as it is. */
const NOISE_STEP_MS = 50;

/** What stands still on every connection. Units are in the names; `mbps*` are of 1024² bit/s. */
const STILL = {
  usPacketsSendPeriod: 10.967254638671875,
  packetsFlowWindow: 25_600,
  mbpsMaxBW: -1,
  byteMSS: 1500,
  msSendTsbPdDelay: LATENCY_MS,
  msReceiveTsbPdDelay: LATENCY_MS,
};

/** What moves on a publisher's connection. */
const RECEIVING = [
  'packetsReceived',
  'packetsReceivedUnique',
  'packetsReceivedLoss',
  'packetsReceivedRetrans',
  'packetsSentACK',
  'packetsSentNAK',
  'packetsReceivedBelated',
  'packetsReceivedDrop',
  'bytesReceived',
  'bytesReceivedUnique',
  'bytesReceivedLoss',
  'bytesReceivedRetrans',
  'bytesReceivedBelated',
  'bytesReceivedDrop',
  'msRTT',
  'mbpsReceiveRate',
  'mbpsLinkCapacity',
  'packetsReceiveBuf',
  'bytesReceiveBuf',
  'msReceiveBuf',
  'packetsReceivedLossRate',
] as const;
/** What moves on a reader's. */
const SENDING = [
  'packetsSent',
  'packetsSentUnique',
  'packetsSendLoss',
  'packetsRetrans',
  'packetsSentACK',
  'packetsReceivedACK',
  'packetsReceivedNAK',
  'usSndDuration',
  'bytesSent',
  'bytesSentUnique',
  'bytesRetrans',
  'usPacketsSendPeriod',
  'packetsFlightSize',
  'msRTT',
  'mbpsSendRate',
  'mbpsLinkCapacity',
  'packetsSendBuf',
  'bytesSendBuf',
  'msSendBuf',
  'packetsSendLossRate',
  'outboundFramesDiscarded',
] as const;

type Receiving = Record<(typeof RECEIVING)[number], number>;
type Sending = Record<(typeof SENDING)[number], number>;

/**
 * An SRT connection's statistics: the publisher's side receives, the reader's sends. Some versions count a
 * lost packet `lossTimes`.
 */
export function srtStatistics(lossTimes: number): NumberForm<Connection> {
  return byRole(
    numbers<Connection, keyof Receiving>({
      moving: RECEIVING,
      read: (connection, nowMs) => receiving(connection, nowMs, lossTimes),
      still: STILL,
    }),
    numbers<Connection, keyof Sending>({ moving: SENDING, read: sending, still: STILL }),
  );
}

function receiving(connection: Connection, nowMs: number, lossTimes: number): Receiving {
  const { unique, lost, retransmitted, dropped, belated } = countPackets(connection, nowMs);
  const { sinceMs, jump, payloadPerMs, msRTT, mbpsLinkCapacity } = present(connection, nowMs);
  const buffered = Math.round((payloadPerMs / PAYLOAD_BYTES) * LATENCY_MS * (0.8 + 0.2 * jump));
  return {
    packetsReceived: unique + dropped,
    packetsReceivedUnique: unique,
    packetsReceivedLoss: lost * lossTimes,
    packetsReceivedRetrans: retransmitted,
    packetsSentACK: Math.floor(sinceMs * ACKS_PER_MS),
    packetsSentNAK: lost * 2,
    packetsReceivedBelated: belated,
    packetsReceivedDrop: dropped,
    bytesReceived: packetBytes(unique) + packetBytes(dropped),
    bytesReceivedUnique: packetBytes(unique),
    bytesReceivedLoss: packetBytes(lost) * lossTimes,
    bytesReceivedRetrans: packetBytes(retransmitted),
    bytesReceivedBelated: packetBytes(belated),
    bytesReceivedDrop: packetBytes(dropped),
    msRTT,
    mbpsReceiveRate: payloadPerMs / BYTES_PER_MS_OF_MBPS,
    mbpsLinkCapacity,
    packetsReceiveBuf: buffered,
    bytesReceiveBuf: packetBytes(buffered),
    msReceiveBuf: jump < 0.05 || payloadPerMs === 0 ? 0 : Math.round(LATENCY_MS - 25 * jump),
    packetsReceivedLossRate: retransmittedPercent(connection, nowMs),
  };
}

function sending(connection: Connection, nowMs: number): Sending {
  const { unique, lost, repaired } = countPackets(connection, nowMs);
  const { sinceMs, jump, payloadPerMs, msRTT, mbpsLinkCapacity } = present(connection, nowMs);
  const inFlight = Math.ceil((payloadPerMs / PAYLOAD_BYTES) * msRTT);
  const buffered = jump < 0.5 ? inFlight : 0;
  return {
    packetsSent: unique + repaired,
    packetsSentUnique: unique,
    packetsSendLoss: lost,
    packetsRetrans: repaired,
    packetsSentACK: Math.floor(sinceMs * ACKS_PER_MS),
    packetsReceivedACK: Math.floor((sinceMs * ACKS_PER_MS) / 3),
    packetsReceivedNAK: lost,
    usSndDuration: unique * 8,
    bytesSent: packetBytes(unique) + packetBytes(repaired),
    bytesSentUnique: packetBytes(unique),
    bytesRetrans: packetBytes(repaired),
    usPacketsSendPeriod: 7 + 3 * jump,
    packetsFlightSize: inFlight,
    msRTT,
    mbpsSendRate: payloadPerMs / BYTES_PER_MS_OF_MBPS,
    mbpsLinkCapacity,
    packetsSendBuf: buffered,
    bytesSendBuf: packetBytes(buffered),
    msSendBuf: Math.ceil(buffered * msRTT * 0.1),
    packetsSendLossRate: retransmittedPercent(connection, nowMs),
    outboundFramesDiscarded: discarded(connection, nowMs),
  };
}

interface Present {
  /** How long media has flowed on the connection. */
  readonly sinceMs: number;
  /** Anywhere from 0 to 1. */
  readonly jump: number;
  /** Bytes of payload. */
  readonly payloadPerMs: number;
  readonly msRTT: number;
  readonly mbpsLinkCapacity: number;
}

function present(connection: Connection, nowMs: number): Present {
  const { flow, link } = connection;
  const jump = noise(link.noiseSeed, Math.floor(nowMs / NOISE_STEP_MS));
  return {
    sinceMs: openMs(connection, nowMs),
    jump,
    payloadPerMs: bytesPerMs(flow, nowMs) * TRANSPORT_OVERHEAD,
    msRTT: link.rttMs * wanderAt(link.rttWander, nowMs),
    mbpsLinkCapacity: 11 + 3000 * jump * jump,
  };
}
