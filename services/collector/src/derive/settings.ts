import type { Hysteresis } from './judge.ts';
import type { ThresholdsOf } from './thresholds.ts';

/** What derivation is told once and for all. */
export interface Settings {
  readonly server: string;
  readonly thresholdsOf: ThresholdsOf;
  readonly hysteresis: Hysteresis;
}
