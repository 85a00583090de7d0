import type { Loss } from './loss.ts';
import type { Random } from './random.ts';
import { wanderFrom, type Wander } from './wander.ts';

/** The network between MediaMTX and one client, and how well the client keeps up. */
export interface Link {
  /** Mean round-trip time in ms. */
  readonly rttMs: number;
  readonly rttWander: Wander;
  readonly loss: Loss;
  /** Mean jitter in ticks of RTP's clock, averaged over the tracks. */
  readonly jitterTicks: number;
  /** Frames that are discarded because the client is too slow. */
  readonly discardedPerMs: number;
  /** Seed of what jumps about. */
  readonly noiseSeed: number;
}

const MIN_RTT_MS = 0.3;
const MAX_RTT_MS = 90;
const MIN_JITTER_TICKS = 60;
const MAX_JITTER_TICKS = 1_200;

/**
 * A link somewhere between the same rack and another continent. A lossy one loses 2 to 6 % of its packets;
 * over a slow one some frames a second are discarded.
 */
export function linkFrom(random: Random, { lossy, slow }: { lossy: boolean; slow: boolean }): Link {
  return {
    rttMs: MIN_RTT_MS * (MAX_RTT_MS / MIN_RTT_MS) ** random(),
    rttWander: wanderFrom(random, 0.2),
    loss: {
      ratio: lossy ? 0.02 + random() * 0.04 : 0,
      wander: wanderFrom(random, 0.8),
      sinceMs: 0,
      before: null,
    },
    jitterTicks: MIN_JITTER_TICKS * (MAX_JITTER_TICKS / MIN_JITTER_TICKS) ** random(),
    discardedPerMs: slow ? (0.5 + random() * 4) / 1000 : 0,
    noiseSeed: Math.floor(random() * 2 ** 32),
  };
}
