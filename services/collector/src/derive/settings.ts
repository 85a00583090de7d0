import type { Expectations } from './expectations.ts';
import type { Hysteresis } from './judge.ts';
import type { ThresholdsOf } from './thresholds.ts';

/** What derivation is told once and for all. */
export interface Settings {
  readonly server: string;
  readonly thresholdsOf: ThresholdsOf;
  /** How long a stream that went is off air, in ms, by its name. */
  readonly offAirMsOf: (stream: string) => number;
  readonly expectations: Expectations;
  readonly hysteresis: Hysteresis;
}
