import type { ConnectionRecord, Reason, SrtDetail } from '@mediamtx-monitor/types';
import { worstFirst } from './health.ts';

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
  readonly comparison: LatencyComparison;
}

/**
 * How the latency that is set compares: `raise`: it is less than the advice; `enough`; `contradicted`: it should be
 * enough, but the link says otherwise, for `reason`; `unknown`: what is set isn't known.
 */
export type LatencyComparison =
  | { readonly kind: 'raise' | 'enough' | 'unknown' }
  | { readonly kind: 'contradicted'; readonly reason: Reason };

/** What of an SRT connection counts. */
interface SrtNumbers extends Pick<ConnectionRecord, 'reasons'> {
  readonly srt: Pick<SrtDetail, 'rttP95Ms' | 'linkLossPercent' | 'latencyMs'>;
}

/** Tolerates what binary fractions add: 1.1 × 10 is a little more than 11. */
const TINY = 1e-6;

/**
 * p95 of the round-trip time × as many round trips as it takes until at most one packet in a million is still lost:
 * n = ⌈ln 10⁻⁶ / ln loss⌉, at least 4, at most 20; rounded up to 10 ms, at least 120 ms. Formula and reasons:
 * docs/dashboard.md.
 * @returns `null` until there are enough samples
 */
export function adviseLatency({ srt, reasons }: SrtNumbers): LatencyAdvice | null {
  const { linkLossPercent: lossPercent } = srt;
  if (srt.rttP95Ms === null || lossPercent === null) return null;
  const rttP95Ms = Math.ceil(srt.rttP95Ms * 10 - TINY) / 10;
  const roundTrips = tripsFor(lossPercent / 100);
  const latencyMs = Math.max(MIN_LATENCY_MS, Math.ceil((rttP95Ms * roundTrips) / STEP_MS) * STEP_MS);
  return {
    latencyMs,
    rttP95Ms,
    lossPercent,
    roundTrips,
    comparison: compareWithSet(latencyMs, srt.latencyMs, reasons),
  };
}

/** Reasons that more latency is there for: while one lasts, what is set isn't enough, whatever is worked out. */
const AGAINST: readonly string[] = ['unrecovered-loss', 'rtt-near-latency'];

function compareWithSet(
  advisedMs: number,
  setMs: number | null,
  reasons: readonly Reason[],
): LatencyComparison {
  if (setMs === null) return { kind: 'unknown' };
  if (advisedMs > setMs) return { kind: 'raise' };
  const reason = worstFirst(reasons).find(({ code }) => AGAINST.includes(code));
  return reason === undefined ? { kind: 'enough' } : { kind: 'contradicted', reason };
}

function tripsFor(loss: number): number {
  if (loss <= 0) return MIN_ROUND_TRIPS;
  if (loss >= 1) return MAX_ROUND_TRIPS;
  const trips = Math.ceil(Math.log(1 / LOST_ONE_IN) / Math.log(loss) - Number.EPSILON * 8);
  return Math.min(MAX_ROUND_TRIPS, Math.max(MIN_ROUND_TRIPS, trips));
}
