/** How well a stream or connection is; `unknown` while nothing can be said. */
export const HEALTHS = ['ok', 'warning', 'critical', 'unknown'] as const;
export type Health = (typeof HEALTHS)[number];

/**
 * Why health isn't `ok`. What each measures, and with which limits: docs/protocol.md.
 * On connections: the SRT round-trip time over its latency; packets lost on the SRT link; packets that SRT could
 * not repair; RTP packets lost; frames or packets thrown away for a reader that is too slow.
 * On streams also: a source that was lost; no bytes from a ready source; many restarts; damaged frames; a bitrate
 * outside the band that was configured; readers for whom something is thrown away.
 */
export const REASON_CODES = [
  'rtt-near-latency',
  'link-loss',
  'unrecovered-loss',
  'rtp-loss',
  'discards',
  'source-lost',
  'stalled',
  'flapping',
  'frame-errors',
  'bitrate-low',
  'bitrate-high',
  'reader-discards',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One thing that is wrong. */
export interface Reason {
  readonly code: ReasonCode;
  readonly severity: 'warning' | 'critical';
  /** What was measured, in the unit of its code; `null` for a state. */
  readonly measured: number | null;
  /** The limit it is beyond; `null` for a state. */
  readonly limit: number | null;
  /** Since when (RFC 3339, UTC). */
  readonly since: string;
}
