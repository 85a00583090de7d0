import type { Random } from './random.ts';
import { wanderFrom, type Wander } from './wander.ts';

/** The network between MediaMTX and one client. */
export interface Link {
  /** Mean round-trip time in ms. */
  readonly rttMs: number;
  readonly rttWander: Wander;
  /** Lost packets for each unique one, 0 to 1. */
  readonly lossRatio: number;
  readonly lossWander: Wander;
  /** Seed of what jumps about. */
  readonly noiseSeed: number;
}

const MIN_RTT_MS = 0.3;
const MAX_RTT_MS = 90;

/** A link somewhere between the same rack and another continent; a lossy one loses 2 to 6 % of its packets. */
export function linkFrom(random: Random, lossy: boolean): Link {
  return {
    rttMs: MIN_RTT_MS * (MAX_RTT_MS / MIN_RTT_MS) ** random(),
    rttWander: wanderFrom(random, 0.2),
    lossRatio: lossy ? 0.02 + random() * 0.04 : 0,
    lossWander: wanderFrom(random, 0.8),
    noiseSeed: Math.floor(random() * 2 ** 32),
  };
}
