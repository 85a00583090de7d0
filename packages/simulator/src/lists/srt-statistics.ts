import { bytesPerMs, flowedMs } from '../world/flow.ts';
import type { Connection } from '../world/model.ts';
import { noise } from '../world/random.ts';
import {
  countPackets,
  packetBytes,
  PAYLOAD_BYTES,
  retransmittedPercent,
  TRANSPORT_OVERHEAD,
} from '../world/srt-packets.ts';
import { wanderAt } from '../world/wander.ts';
import type { JsonBytes } from './json-bytes.ts';
import { numberWriter } from './number-writer.ts';
import { OPENED } from './srt-opened.ts';

const BYTES_PER_MS_OF_MBPS = 1024 ** 2 / 8 / 1000;
const LATENCY_MS = OPENED.msSendTsbPdDelay;
const ACKS_PER_MS = 0.07;
/** How long a jumping number stays as it is. */
const NOISE_STEP_MS = 50;

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
] as const;

const writeReceiving = numberWriter(OPENED, RECEIVING);
const writeSending = numberWriter(OPENED, SENDING);

/**
 * Writes a connection's statistics at a monotonic time in ms, as the inside of a JSON object. The
 * publisher's side receives, the reader's sends.
 */
export function writeSrtStatistics(connection: Connection, nowMs: number, out: JsonBytes): void {
  if (connection.role === 'publish') writeReceiving(receiving(connection, nowMs), out);
  else writeSending(sending(connection, nowMs), out);
}

function receiving(connection: Connection, nowMs: number): Record<(typeof RECEIVING)[number], number> {
  const { unique, lost, retransmitted, dropped, belated } = countPackets(connection, nowMs);
  const { openMs, jump, payloadPerMs, msRTT, mbpsLinkCapacity } = present(connection, nowMs);
  const buffered = Math.round((payloadPerMs / PAYLOAD_BYTES) * LATENCY_MS * (0.8 + 0.2 * jump));
  return {
    packetsReceived: unique + dropped,
    packetsReceivedUnique: unique,
    packetsReceivedLoss: lost,
    packetsReceivedRetrans: retransmitted,
    packetsSentACK: Math.floor(openMs * ACKS_PER_MS),
    packetsSentNAK: lost * 2,
    packetsReceivedBelated: belated,
    packetsReceivedDrop: dropped,
    bytesReceived: packetBytes(unique) + packetBytes(dropped),
    bytesReceivedUnique: packetBytes(unique),
    bytesReceivedLoss: packetBytes(lost),
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

function sending(connection: Connection, nowMs: number): Record<(typeof SENDING)[number], number> {
  const { unique, lost } = countPackets(connection, nowMs);
  const { openMs, jump, payloadPerMs, msRTT, mbpsLinkCapacity } = present(connection, nowMs);
  const inFlight = Math.ceil((payloadPerMs / PAYLOAD_BYTES) * msRTT);
  const buffered = jump < 0.5 ? inFlight : 0;
  return {
    packetsSent: unique + lost,
    packetsSentUnique: unique,
    packetsSendLoss: lost,
    packetsRetrans: lost,
    packetsSentACK: Math.floor(openMs * ACKS_PER_MS),
    packetsReceivedACK: Math.floor((openMs * ACKS_PER_MS) / 3),
    packetsReceivedNAK: lost,
    usSndDuration: unique * 8,
    bytesSent: packetBytes(unique) + packetBytes(lost),
    bytesSentUnique: packetBytes(unique),
    bytesRetrans: packetBytes(lost),
    usPacketsSendPeriod: 7 + 3 * jump,
    packetsFlightSize: inFlight,
    msRTT,
    mbpsSendRate: payloadPerMs / BYTES_PER_MS_OF_MBPS,
    mbpsLinkCapacity,
    packetsSendBuf: buffered,
    bytesSendBuf: packetBytes(buffered),
    msSendBuf: Math.ceil(buffered * msRTT * 0.1),
    packetsSendLossRate: retransmittedPercent(connection, nowMs),
  };
}

interface Present {
  /** How long media has flowed on the connection. */
  readonly openMs: number;
  /** Anywhere from 0 to 1. */
  readonly jump: number;
  /** Bytes of payload. */
  readonly payloadPerMs: number;
  readonly msRTT: number;
  readonly mbpsLinkCapacity: number;
}

function present({ flow, link, joinedFlowedMs }: Connection, nowMs: number): Present {
  const jump = noise(link.noiseSeed, Math.floor(nowMs / NOISE_STEP_MS));
  return {
    openMs: flowedMs(flow, nowMs) - joinedFlowedMs,
    jump,
    payloadPerMs: bytesPerMs(flow, nowMs) * TRANSPORT_OVERHEAD,
    msRTT: link.rttMs * wanderAt(link.rttWander, nowMs),
    mbpsLinkCapacity: 11 + 3000 * jump * jump,
  };
}
