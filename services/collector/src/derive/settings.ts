import type { AddressPrivacy, StreamReasonCode } from '@mediamtx-monitor/types';
import type { Expectations } from './expectations.ts';

/** The limits of a rule, in the unit of its code; `null` switches a severity off. */
export interface Limits {
  readonly warning: number | null;
  readonly critical: number | null;
}

export type Thresholds = Readonly<Record<StreamReasonCode, Limits>>;

/** Finds the thresholds of a stream by its name. */
export type ThresholdsOf = (stream: string) => Thresholds;

/** How many ticks in a row it takes. */
export interface Hysteresis {
  readonly enterTicks: number;
  readonly leaveTicks: number;
}

/** What derivation is told once and for all. */
export interface DeriveSettings {
  readonly server: string;
  readonly thresholdsOf: ThresholdsOf;
  /** How long a stream that went is off air, in ms, by its name. */
  readonly offAirMsOf: (stream: string) => number;
  readonly expectations: Expectations;
  readonly hysteresis: Hysteresis;
  /** A stream that is back within so long after it went was restarted. */
  readonly reconnectWindowMs: number;
  /** How much of addresses events and sessions keep; never more than records show. */
  readonly sessionAddresses: AddressPrivacy;
}

/** What applies to `reconnectWindowMs`. */
export const RECONNECT_WINDOW_MS = 30_000;

const never: Limits = { warning: null, critical: null };
/** A state is as bad as its severity says; there is nothing to measure. */
const warningState: Limits = { warning: 0, critical: null };
const criticalState: Limits = { warning: null, critical: 0 };

/** What applies without any configuration. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  // An SRT repair takes a round trip or more: latency should be 3 to 4 times the RTT.
  'rtt-near-latency': { warning: 1 / 4, critical: 1 / 3 },
  'link-loss': { warning: 1, critical: 5 },
  'unrecovered-loss': { warning: 0.1, critical: 1 },
  'rtp-loss': { warning: 1, critical: 5 },
  discards: { warning: 0.1, critical: 10 },
  'not-live': criticalState,
  'source-down': criticalState,
  // Measured is 1, and 2 of a stream that was stalled when it went.
  'off-air': { warning: 0, critical: 1 },
  stalled: criticalState,
  flapping: { warning: 2, critical: null },
  'frame-errors': { warning: 0.1, critical: 1 },
  'bitrate-low': never,
  'bitrate-high': never,
  'forward-failing': warningState,
  'reader-discards': warningState,
};
