import type { Protocol } from './connection.ts';
import type { Health, Reason } from './health.ts';

/** States of streams that MediaMTX lists. */
export const LISTED_STATES = ['idle', 'waiting', 'live', 'stalled', 'standby', 'unknown'] as const;
export type ListedState = (typeof LISTED_STATES)[number];

/**
 * What a stream is doing: `idle` no source, or a redirect; `waiting` a source that isn't ready; `live`; `stalled`
 * ready, but no byte for 3 ticks; `standby` an always-available path shows its filler; `unknown` the path list
 * can't be read; `missing` MediaMTX doesn't list it, though it is expected or was live a while ago.
 */
export const STREAM_STATES = [...LISTED_STATES, 'missing'] as const;
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

/** What a stream was when it was last live. */
export interface LastLive {
  /** When it was last seen live (RFC 3339, UTC). */
  readonly liveAt: string;
  /** Since when it had been live then (RFC 3339, UTC). */
  readonly liveSince: string;
  /** Whether it was stalled when it went. */
  readonly wasStalled: boolean;
  /** As `sourceType`, `tracks` and `media` of the record then. */
  readonly sourceType: string | null;
  readonly tracks: readonly string[];
  readonly media: Media;
  /** Protocol of its publisher or pull; `null` where it isn't one of ours. */
  readonly protocol: Protocol | null;
  /** Who published it; `null` for a static source, and where that wasn't known. */
  readonly publisher: {
    /** Address as far as REMOTE_ADDR lets it be shown. */
    readonly remoteAddr: string | null;
    readonly user: string | null;
    readonly userAgent: string | null;
  } | null;
  /** Number of readers it had. */
  readonly readers: number;
  /** Media received then, decimal Mbit/s. */
  readonly inboundMbps: number | null;
}

/** Why a stream is expected to be live: MONITOR_CONFIG says so, or it is pulled and not only on demand. */
export const EXPECTED_BY = ['configuration', 'pull'] as const;
export type ExpectedBy = (typeof EXPECTED_BY)[number];

/** A stream that MediaMTX fetches itself (static source). */
export interface Pull {
  /** Whether it is fetched only while someone wants it; `null` = not known, which counts as not. */
  readonly onDemand: boolean | null;
  /** `idle`, `running` (connecting or streaming) or `error` (`state`, MediaMTX 1.21); `null` before. */
  readonly state: string | null;
  /** MediaMTX's own text of what went wrong last, without secrets, for about 30 s (`lastError`, 1.21). */
  readonly error: string | null;
}

/** A copy of a stream that MediaMTX sends on to another server (1.20). */
export interface Forward {
  /** Place in the configuration, from 1. */
  readonly position: number;
  /** `rtmp`, `rtsp`, `srt`, `moq`, `webRTC` (`type`, 1.21), or as `protocol` says before. */
  readonly protocol: string | null;
  /** `idle`, `forwarding` (connecting or sending) or `error`. */
  readonly state: string | null;
  /** MediaMTX's own text of what went wrong last, without secrets. */
  readonly error: string | null;
  /** Where it goes, as far as REMOTE_ADDR lets it be shown (1.21, while connected). */
  readonly remoteAddr: string | null;
  readonly outboundBytes: number | null;
  /** Decimal Mbit/s. */
  readonly outboundMbps: number | null;
}

/**
 * A stream: one MediaMTX path on one server, at one poll.
 *
 * The first eight fields are a promise to existing readers: names, types and meaning never change.
 * `null` means "not measured", never zero. Formulas and source fields: docs/records.md.
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
  /** Media bytes sent to readers and, from 1.20 on, to forwards (`bytesSent`, 1.3.0). */
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
  // Collectors before 0.2 leave out what follows.
  /** What it was when it was last live; `null` while it is, and where it never was. */
  readonly last?: LastLive | null;
  /** Why it is expected to be live now; `null` = it isn't. */
  readonly expectedBy?: ExpectedBy | null;
  /** Whether it comes only while someone wants it, pulled or published; `null` = not known, which counts as not. */
  readonly onDemand?: boolean | null;
  /** `null` for streams that are published. */
  readonly pull?: Pull | null;
  /** By position; `null` = not known. */
  readonly forwards?: readonly Forward[] | null;
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
