import type { ReasonCode } from '@mediamtx-monitor/types';
import type { LinkMeasures } from '../protocols/index.ts';
import type { HealthRule } from './judge.ts';

/** What a connection is judged by. */
export interface ConnectionMeasures extends LinkMeasures {
  readonly discardsPerSecond: number | null;
}

/** What a stream is judged by, beside its publisher's connection. */
export interface StreamMeasures {
  /** 1 while stalled. */
  readonly stalled: number;
  /** Since when it is in its state, Unix time in ms. */
  readonly stateSinceMs: number;
  readonly restarts: number;
  readonly framesInErrorPerSecond: number | null;
  /** Of a live stream. */
  readonly inboundMbps: number | null;
  /** Of its forwards; `null` = not known. */
  readonly failingForwards: number | null;
  /** `null` while a list of readers can't be read. */
  readonly discardingReaders: number | null;
}

export const CONNECTION_RULES: readonly HealthRule<ConnectionMeasures>[] = [
  {
    code: 'rtt-near-latency',
    unwell: 'above',
    measure: (m) => m.rttLatencyRatio,
    isState: false,
    holds: false,
  },
  { code: 'link-loss', unwell: 'above', measure: (m) => m.linkLossPercent, isState: false, holds: false },
  {
    code: 'unrecovered-loss',
    unwell: 'above',
    measure: (m) => m.unrecoveredPercent,
    isState: false,
    holds: false,
  },
  { code: 'rtp-loss', unwell: 'above', measure: (m) => m.rtpLossPercent, isState: false, holds: false },
  { code: 'discards', unwell: 'above', measure: (m) => m.discardsPerSecond, isState: false, holds: true },
];

export const STREAM_RULES: readonly HealthRule<StreamMeasures>[] = [
  {
    code: 'stalled',
    unwell: 'above',
    measure: (m) => m.stalled,
    beganMs: (m) => m.stateSinceMs,
    isState: true,
    holds: false,
  },
  { code: 'flapping', unwell: 'above', measure: (m) => m.restarts, isState: false, holds: false },
  {
    code: 'frame-errors',
    unwell: 'above',
    measure: (m) => m.framesInErrorPerSecond,
    isState: false,
    holds: true,
  },
  { code: 'bitrate-low', unwell: 'below', measure: (m) => m.inboundMbps, isState: false, holds: false },
  { code: 'bitrate-high', unwell: 'above', measure: (m) => m.inboundMbps, isState: false, holds: false },
  {
    code: 'forward-failing',
    unwell: 'above',
    measure: (m) => m.failingForwards,
    isState: false,
    atOnce: true,
    holds: true,
  },
  {
    code: 'reader-discards',
    unwell: 'above',
    measure: (m) => m.discardingReaders,
    isState: false,
    holds: true,
  },
];

const codesOf = (rules: readonly { readonly code: ReasonCode }[]): ReadonlySet<ReasonCode> =>
  new Set(rules.map((rule) => rule.code));

export const CONNECTION_CODES = codesOf(CONNECTION_RULES);
export const STREAM_CODES = codesOf(STREAM_RULES);
