import { carriedMs, lossRatioAt, lostMs } from './loss.ts';
import type { Connection } from './model.ts';

/** MPEG-TS around the media: bytes of payload for each byte of media. */
export const TRANSPORT_OVERHEAD = 1.06;
/** Mean MPEG-TS packets in an SRT packet: up to 7, the last of a frame fewer. */
const TS_PACKETS_PER_PACKET = 6.55;
const TS_PACKET_BYTES = 188;
const HEADER_BYTES = 44;
/** Mean payload of an SRT packet. */
export const PAYLOAD_BYTES = TS_PACKETS_PER_PACKET * TS_PACKET_BYTES;
const PACKETS_PER_MEDIA_BYTE = TRANSPORT_OVERHEAD / PAYLOAD_BYTES;

/** Long enough that a poller sees a loss in one tick and its repair in the next. */
const REPAIR_AFTER_MS = 2_000;
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
  /** Sent again, a while after they were missed. */
  readonly repaired: number;
  /** Sent again and arrived: what was repaired, and what arrived twice. */
  readonly retransmitted: number;
  /** Arrived twice or too late: `received` less `unique`. */
  readonly dropped: number;
  /** Those of the dropped that came too late. */
  readonly belated: number;
}

/** Counts the packets that a connection has carried by a monotonic time in ms. */
export function countPackets(connection: Connection, nowMs: number): PacketCounts {
  const { flow, link } = connection;
  const packetsPerMs = flow.bytesPerMs * PACKETS_PER_MEDIA_BYTE;
  const carried = carriedMs(connection, nowMs);
  const unique = Math.floor(packetsPerMs * carried);
  const lost = Math.floor(packetsPerMs * lostMs(link.loss, carried));
  if (lost === 0) return { unique, lost, repaired: 0, retransmitted: 0, dropped: 0, belated: 0 };
  const carriedThen = carriedMs(connection, nowMs - REPAIR_AFTER_MS);
  const repaired = Math.floor(packetsPerMs * lostMs(link.loss, carriedThen));
  const dropped = Math.floor(repaired * REPAIRED_TWICE);
  return {
    unique,
    lost,
    repaired,
    retransmitted: repaired - Math.floor(repaired * NEVER_REPAIRED) + dropped,
    dropped,
    belated: Math.floor(repaired * BELATED),
  };
}

/** Share of the packets that are sent again, at present, in %; stands still while nothing flows. */
export function retransmittedPercent(connection: Connection, nowMs: number): number {
  const { loss } = connection.link;
  if (loss.ratio === 0) return 0;
  const ratio = lossRatioAt(loss, carriedMs(connection, nowMs));
  return (100 * ratio) / (1 + ratio);
}

/** Bytes of a number of packets, SRT's headers included, as its statistics count them. */
export function packetBytes(packets: number): number {
  return packets * HEADER_BYTES + TS_PACKET_BYTES * Math.floor(packets * TS_PACKETS_PER_PACKET);
}
