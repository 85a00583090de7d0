import { flowedMs, mediaSum } from './flow.ts';
import type { Connection } from './model.ts';
import { wanderAt, wanderSum } from './wander.ts';

/** MPEG-TS around the media: bytes of payload for each byte of media. */
export const TRANSPORT_OVERHEAD = 1.06;
/** Mean MPEG-TS packets in an SRT packet: up to 7, the last of a frame fewer. */
const TS_PACKETS_PER_PACKET = 6.55;
const TS_PACKET_BYTES = 188;
const HEADER_BYTES = 44;
/** Mean payload of an SRT packet. */
export const PAYLOAD_BYTES = TS_PACKETS_PER_PACKET * TS_PACKET_BYTES;
const PACKETS_PER_MEDIA_BYTE = TRANSPORT_OVERHEAD / PAYLOAD_BYTES;

/** Shares of the lost packets. */
const NEVER_REPAIRED = 0.02;
const REPAIRED_TWICE = 0.04;
const BELATED = 0.02;

/** Packets of an SRT connection since it opened. All are counters: they never fall. */
export interface PacketCounts {
  /** Packets of media, each counted once. */
  readonly unique: number;
  /** Missed on the link at first. */
  readonly lost: number;
  /** Sent again and arrived: what was repaired, and what arrived twice. */
  readonly retransmitted: number;
  /** Arrived twice or too late: `received` less `unique`. */
  readonly dropped: number;
  /** Those of the dropped that came too late. */
  readonly belated: number;
}

/** Counts the packets that a connection has carried by a monotonic time in ms. */
export function countPackets(connection: Connection, nowMs: number): PacketCounts {
  const { flow, joinedFlowedMs, joinedMediaSum } = connection;
  const untilMs = flowedMs(flow, nowMs);
  const media = mediaSum(flow, untilMs) - joinedMediaSum;
  const lost = countLost(connection, untilMs - joinedFlowedMs);
  const dropped = Math.floor(lost * REPAIRED_TWICE);
  return {
    unique: Math.floor(media * PACKETS_PER_MEDIA_BYTE),
    lost,
    retransmitted: lost - Math.floor(lost * NEVER_REPAIRED) + dropped,
    dropped,
    belated: Math.floor(lost * BELATED),
  };
}

function countLost({ flow, link }: Connection, openMs: number): number {
  if (link.lossRatio === 0) return 0;
  const lossMs = wanderSum(link.lossWander, openMs) - wanderSum(link.lossWander, 0);
  return Math.floor(flow.bytesPerMs * PACKETS_PER_MEDIA_BYTE * link.lossRatio * lossMs);
}

/** Share of the packets that are sent again, at present, in %; stands still while nothing flows. */
export function retransmittedPercent({ flow, link, joinedFlowedMs }: Connection, nowMs: number): number {
  const elapsedMs = flowedMs(flow, nowMs) - joinedFlowedMs;
  const ratio = link.lossRatio * wanderAt(link.lossWander, elapsedMs);
  return (100 * ratio) / (1 + ratio);
}

/** Bytes of a number of packets, SRT's headers included, as its statistics count them. */
export function packetBytes(packets: number): number {
  return packets * HEADER_BYTES + TS_PACKET_BYTES * Math.floor(packets * TS_PACKETS_PER_PACKET);
}
