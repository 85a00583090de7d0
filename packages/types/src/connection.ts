import type { Health, Reason } from './health.ts';

/** Protocols a connection may have; those with a final `s` are encrypted. */
export const PROTOCOLS = ['srt', 'rtsp', 'rtsps', 'rtmp', 'rtmps', 'hls', 'webrtc', 'moq'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** What a connection does: it brings a stream, takes one, or (not yet, or no longer) neither. */
export const ROLES = ['publish', 'read', 'idle'] as const;
export type Role = (typeof ROLES)[number];

/** What all connections have in common. `null` means "not measured" or "not told". */
interface ConnectionBase {
  /** MediaMTX's id; for an HLS muxer (up to 1.17, which lists no sessions) `hls:` and its stream. */
  readonly id: string;
  readonly server: string;
  /** Name of the stream; `null` while idle. */
  readonly stream: string | null;
  readonly role: Role;
  /** Address of the other side, as far as REMOTE_ADDR lets it be shown. */
  readonly remoteAddr: string | null;
  /** Name it signed in with (MediaMTX 1.17.0). */
  readonly user: string | null;
  /** Program on the other side (1.19.0; not SRT). */
  readonly userAgent: string | null;
  /** When it was opened (RFC 3339, UTC). */
  readonly since: string | null;
  /** Bytes received from it, transport included; from 0. */
  readonly inboundBytes: number | null;
  /** Bytes sent to it, transport included; from 0. */
  readonly outboundBytes: number | null;
  /** Decimal Mbit/s since the last tick. */
  readonly inboundMbps: number | null;
  readonly outboundMbps: number | null;
  readonly health: Health;
  readonly reasons: readonly Reason[];
}

/**
 * An SRT link (statistics since MediaMTX 1.6.0), seen from its data's direction: of a publisher what arrives, of a
 * reader what is sent. Percentages are of unique packets over the last 30 s, `null` below 200 packets.
 */
export interface SrtDetail {
  readonly rttMs: number | null;
  /** Median and 95th percentile of the last 60 s; `null` below 10 samples. */
  readonly rttP50Ms: number | null;
  readonly rttP95Ms: number | null;
  readonly latencyMs: number | null;
  readonly rttLatencyRatio: number | null;
  readonly linkLossPercent: number | null;
  readonly retransmitPercent: number | null;
  readonly unrecoveredPercent: number | null;
  /** Late and duplicate packets; publishers only. */
  readonly latePercent: number | null;
  /** Packets that could not be decrypted, in all; publishers only. */
  readonly undecryptablePackets: number | null;
  /** Media waiting in the buffer. */
  readonly bufferMs: number | null;
  /** Frames thrown away because the reader is too slow, in all (1.17.0). */
  readonly framesDiscarded: number | null;
}

/** RTP over RTSP (1.11.0) or WebRTC (1.14.0). Percentages are over the last 30 s, `null` below 200 packets. */
export interface RtpDetail {
  /** Of a publisher what didn't arrive; of an RTSP reader what it reported lost (1.17.0). */
  readonly lossPercent: number | null;
  /** Interarrival jitter (RFC 3550) where the clock rate of all tracks is known and the same; publishers only. */
  readonly jitterMs: number | null;
  /** The same in ticks of the RTP clock, averaged over the tracks. */
  readonly jitterTicks: number | null;
}

export interface RtspDetail extends RtpDetail {
  /** `TCP`, `UDP` or `UDP-multicast`. */
  readonly transport: string | null;
  /** `none`, `http` or `websocket` (1.15.0). */
  readonly tunnel: string | null;
  /** Damaged packets received, in all (1.11.0). */
  readonly packetsInError: number | null;
  /** Packets thrown away because the reader is too slow, in all (1.17.0). */
  readonly packetsDiscarded: number | null;
}

export interface WebrtcDetail extends RtpDetail {
  /** Whether the peer connection is up. */
  readonly established: boolean | null;
  /** Kind, protocol, address and port of the chosen candidates. */
  readonly localCandidate: string | null;
  readonly remoteCandidate: string | null;
  /** Frames thrown away because the reader is too slow, in all (1.17.0). */
  readonly framesDiscarded: number | null;
}

export interface RtmpDetail {
  /** Frames thrown away because the reader is too slow, in all (1.17.0). */
  readonly framesDiscarded: number | null;
}

export interface HlsDetail {
  /** When something was last asked for (muxers, up to 1.17; RFC 3339, UTC). */
  readonly lastRequestAt: string | null;
  /** Whether the session serves a CDN (1.18.1). */
  readonly cdn: boolean | null;
  /** Frames thrown away, in all (muxers, 1.17.0). */
  readonly framesDiscarded: number | null;
}

export interface MoqDetail {
  /** Version of the protocol (1.19.3). */
  readonly version: string | null;
  /** Transport below it (1.20.0). */
  readonly transport: string | null;
}

/** What the protocol of a connection tells, under a member of its own. */
export type ProtocolDetail =
  | { readonly protocol: 'srt'; readonly srt: SrtDetail }
  | { readonly protocol: 'rtsp' | 'rtsps'; readonly rtsp: RtspDetail }
  | { readonly protocol: 'rtmp' | 'rtmps'; readonly rtmp: RtmpDetail }
  | { readonly protocol: 'hls'; readonly hls: HlsDetail }
  | { readonly protocol: 'webrtc'; readonly webrtc: WebrtcDetail }
  | { readonly protocol: 'moq'; readonly moq: MoqDetail };

/** One publisher or reader of a stream, with what its protocol tells. */
export type ConnectionRecord = ConnectionBase & ProtocolDetail;
