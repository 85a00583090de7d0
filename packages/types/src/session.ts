import type { Protocol, Role } from './connection.ts';
import type { EventCause } from './event.ts';
import type { Health } from './health.ts';

/** A connection that published or read a stream, from its beginning to its end, with its totals. */
export interface SessionRecord {
  readonly server: string;
  readonly stream: string;
  /** MediaMTX's id of the connection. */
  readonly connection: string;
  readonly protocol: Protocol;
  readonly role: Exclude<Role, 'idle'>;
  /** Address of the other side, as far as SESSION_ADDRESSES lets it be kept. */
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  /** When it was opened, as MediaMTX says, or else when it was first seen (RFC 3339, UTC). */
  readonly start: string;
  /** Time of the tick in which it wasn't there any more (RFC 3339, UTC); `null` while it is open. */
  readonly end: string | null;
  /** When it had last been looked, where nobody looked between then and `end` (RFC 3339, UTC). */
  readonly unseenSince: string | null;
  /** As its last tick said them, transport included. */
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
  /** Of the direction of its role, decimal Mbit/s: bytes over its whole duration, and the most in one tick. */
  readonly meanMbps: number | null;
  readonly peakMbps: number | null;
  /** SRT's round-trip time in ms: the longest, and that which 95 % of ticks were below (within 5 %). */
  readonly rttWorstMs: number | null;
  readonly rttP95Ms: number | null;
  /** Packets lost, in percent: of SRT's link before repair, of RTP what didn't arrive. Mean and worst of all ticks. */
  readonly lossMeanPercent: number | null;
  readonly lossWorstPercent: number | null;
  /** Frames or packets thrown away because the reader was too slow, in all. */
  readonly discards: number | null;
  /** How long it was in each health, in ms: together its duration. `null` while it is open. */
  readonly healthMs: Readonly<Record<Health, number>> | null;
  /** Why it ended; `null` while it is open. */
  readonly cause: EventCause | null;
}
