/**
 * A stream: one MediaMTX path on one server, at one poll.
 *
 * These eight fields are a promise to existing readers: names, types and meaning never change.
 * `null` means "not measured", never zero.
 */
export interface StreamRecord {
  /** Path name (MediaMTX `name`). Any characters, slashes and emoji included. */
  readonly name: string;
  /** Kind of the source (MediaMTX `source.type`, as that version spells it); `null` without a source. */
  readonly sourceType: string | null;
  /** Codec of each track (MediaMTX `tracks`), in its order; empty while nothing is published. */
  readonly tracks: readonly string[];
  /** Media bytes received from the current source (MediaMTX `bytesReceived`); from 0 at each restart. */
  readonly bytesReceived: number | null;
  /** Number of readers: the length of MediaMTX's `readers`. */
  readonly readers: number;
  /** Round-trip time of the publishing SRT connection in ms (`msRTT`, MediaMTX 1.6.0), 2 decimals. */
  readonly rtt: number | null;
  /** Receive rate of the publishing SRT connection (`mbpsReceiveRate`, 1.6.0; units of 1024² bit/s). */
  readonly recvRateMbps: number | null;
  /** Link capacity SRT estimates (`mbpsLinkCapacity`, 1.6.0; units of 1024² bit/s). Noise: no alarm from it. */
  readonly linkCapacityMbps: number | null;
}
