/** How well a stream, connection or host is; `unknown` while nothing can be said. */
export const HEALTHS = ['ok', 'warning', 'critical', 'unknown'] as const;
export type Health = (typeof HEALTHS)[number];

/**
 * Why the health of a stream or connection isn't `ok`. What each measures, and with which limits: docs/records.md.
 * On connections: the SRT round-trip time over its latency; packets lost on the SRT link; packets that SRT could
 * not repair; RTP packets lost; frames or packets thrown away for a reader that is too slow.
 * On streams also: expected, and not live; pulled, and not live; was live, and isn't any more (one of these three at a
 * time, in this order); no bytes from a ready source; many restarts; damaged frames; a bitrate outside the band that
 * was configured; a forward that fails; readers for whom something is thrown away.
 */
export const STREAM_REASON_CODES = [
  'rtt-near-latency',
  'link-loss',
  'unrecovered-loss',
  'rtp-loss',
  'discards',
  'not-live',
  'source-down',
  'off-air',
  'stalled',
  'flapping',
  'frame-errors',
  'bitrate-low',
  'bitrate-high',
  'forward-failing',
  'reader-discards',
] as const;
export type StreamReasonCode = (typeof STREAM_REASON_CODES)[number];

/**
 * What is wrong with a server: the collector can't read it; some of its lists can't be read; nothing has been heard of
 * it for a minute, which only those who read can tell.
 */
export const SERVER_REASON_CODES = ['server-unreachable', 'list-missing', 'no-data'] as const;
export type ServerReasonCode = (typeof SERVER_REASON_CODES)[number];

/** What is wrong with a host: a large share of its processor time, of its memory, of a disk is used. */
export const HOST_REASON_CODES = ['cpu-high', 'memory-high', 'disk-high'] as const;
export type HostReasonCode = (typeof HOST_REASON_CODES)[number];

export const REASON_CODES = [...STREAM_REASON_CODES, ...SERVER_REASON_CODES, ...HOST_REASON_CODES] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** How bad something is that is wrong. */
export type Severity = 'warning' | 'critical';

/** One thing that is wrong. */
export interface Reason {
  readonly code: ReasonCode;
  readonly severity: Severity;
  /** What was measured, in the unit of its code; `null` for a state. */
  readonly measured: number | null;
  /** The limit it is beyond; `null` for a state. */
  readonly limit: number | null;
  /** Since when (RFC 3339, UTC). */
  readonly since: string;
  /**
   * What MediaMTX itself says of it, without secrets; of `disk-high` where the disk is mounted. Left out or `null` where
   * nothing is said.
   */
  readonly detail?: string | null;
}
