import type { SrtDetail } from '@mediamtx-monitor/types';

/** At most one packet in this many may stay lost. */
const LOST_ONE_IN = 1_000_000;
/** Below this many round trips, health warns (`rtt-near-latency`). */
const MIN_ROUND_TRIPS = 4;
/** Beyond that, more latency is no cure. */
const MAX_ROUND_TRIPS = 20;
/** SRT's own default, below which there is little to win. */
const MIN_LATENCY_MS = 120;
const STEP_MS = 10;

/** The latency worth setting on an SRT link, and what it was worked out from. */
export interface LatencyAdvice {
  readonly latencyMs: number;
  /** Rounded up to a tenth, so that what is shown adds up. */
  readonly rttP95Ms: number;
  readonly lossPercent: number;
  /** How often a packet may have to be sent. */
  readonly roundTrips: number;
  /** Whether less is set now; `null` when that isn't known. */
  readonly isMore: boolean | null;
}

/** Tolerates what binary fractions add: 1.1 × 10 is a little more than 11. */
const TINY = 1e-6;

/**
 * p95 of the round-trip time × as many round trips as it takes until at most one packet in a million is still lost:
 * n = ⌈ln 10⁻⁶ / ln loss⌉, at least 4, at most 20; rounded up to 10 ms, at least 120 ms. Formula and reasons:
 * docs/dashboard.md.
 * @returns `null` until there are enough samples
 */
export function adviseLatency(
  srt: Pick<SrtDetail, 'rttP95Ms' | 'linkLossPercent' | 'latencyMs'>,
): LatencyAdvice | null {
  const { linkLossPercent: lossPercent, latencyMs } = srt;
  if (srt.rttP95Ms === null || lossPercent === null) return null;
  const rttP95Ms = Math.ceil(srt.rttP95Ms * 10 - TINY) / 10;
  const roundTrips = tripsFor(lossPercent / 100);
  const wanted = Math.max(MIN_LATENCY_MS, Math.ceil((rttP95Ms * roundTrips) / STEP_MS) * STEP_MS);
  return {
    latencyMs: wanted,
    rttP95Ms,
    lossPercent,
    roundTrips,
    isMore: latencyMs === null ? null : wanted > latencyMs,
  };
}

function tripsFor(loss: number): number {
  if (loss <= 0) return MIN_ROUND_TRIPS;
  if (loss >= 1) return MAX_ROUND_TRIPS;
  const trips = Math.ceil(Math.log(1 / LOST_ONE_IN) / Math.log(loss) - Number.EPSILON * 8);
  return Math.min(MAX_ROUND_TRIPS, Math.max(MIN_ROUND_TRIPS, trips));
}
