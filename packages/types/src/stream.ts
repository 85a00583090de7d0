import type { Health, Reason } from './health.ts';

/**
 * What a stream is doing: `idle` no source, or a redirect; `waiting` a source that isn't ready; `live`; `stalled`
 * ready, but no byte for 3 ticks; `standby` an always-available path shows its filler; `unknown` the path list
 * can't be read.
 */
export const STREAM_STATES = ['idle', 'waiting', 'live', 'stalled', 'standby', 'unknown'] as const;
export type StreamState = (typeof STREAM_STATES)[number];

/** What a stream carries. All but the codecs is told since MediaMTX 1.17.0, and `null` before. */
export interface Media {
  /** The first video track. */
  readonly video: {
    readonly codec: string;
    /** Pixels. */
    readonly width: number | null;
    readonly height: number | null;
    readonly profile: string | null;
    readonly level: string | null;
  } | null;
  /** The first audio track. */
  readonly audio: {
    readonly codec: string;
    /** Hz. */
    readonly sampleRate: number | null;
    readonly channels: number | null;
  } | null;
  /** Codecs of all further tracks. */
  readonly others: readonly string[];
}

/**
 * A stream: one MediaMTX path on one server, at one poll.
 *
 * The first eight fields are a promise to existing readers: names, types and meaning never change.
 * `null` means "not measured", never zero. Formulas and source fields: docs/protocol.md.
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
  /** Server id. */
  readonly server: string;
  readonly state: StreamState;
  /** Since when it is in this state (RFC 3339, UTC). */
  readonly since: string;
  readonly health: Health;
  /** Why health isn't `ok`; its publisher's reasons first. */
  readonly reasons: readonly Reason[];
  /** Id of the publishing connection; `null` for a static source or none. */
  readonly sourceId: string | null;
  readonly media: Media;
  /** Media received, decimal Mbit/s since the last tick. */
  readonly inboundMbps: number | null;
  /** Media sent to readers, decimal Mbit/s; what MediaMTX counts differs between its versions. */
  readonly outboundMbps: number | null;
  /** Media bytes sent to readers (`bytesSent`, 1.3.0). */
  readonly bytesSent: number | null;
  /** Damaged frames received from the current source, in all (`inboundFramesInError`, 1.17.0). */
  readonly framesInError: number | null;
  /** Damaged frames a second over the last 30 s. */
  readonly framesInErrorPerSecond: number | null;
  /** Number of readers by protocol; those of none of ours are `other`. */
  readonly readersByProtocol: Readonly<Record<string, number>>;
  /** How often it began anew in the last 10 minutes. */
  readonly restarts: number | null;
  /** Of the publishing SRT connection, as in its connection record; `null` for any other source. */
  readonly rttMs: number | null;
  readonly latencyMs: number | null;
  readonly linkLossPercent: number | null;
  readonly retransmitPercent: number | null;
  readonly unrecoveredPercent: number | null;
}

/** What a stream's record says of all that is judged or derived while nothing is known of the stream. */
export const NOTHING_DERIVED = {
  state: 'unknown',
  health: 'unknown',
  reasons: [],
  inboundMbps: null,
  outboundMbps: null,
  framesInErrorPerSecond: null,
  restarts: null,
  rttMs: null,
  latencyMs: null,
  linkLossPercent: null,
  retransmitPercent: null,
  unrecoveredPercent: null,
} as const satisfies Partial<StreamRecord>;
