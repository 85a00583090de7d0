import { flowedMs, mediaSum, type Flow } from './flow.ts';
import { wanderAt, wanderSum, type Wander } from './wander.ts';

/** How much of what a link carries is lost, from some moment on. */
export interface Loss {
  /** Lost for each that arrives, 0 to 1. */
  readonly ratio: number;
  readonly wander: Wander;
  /** The moment, as the time in ms that the connection's media takes at its mean rate. */
  readonly sinceMs: number;
  /** What was before; `null` for the connection's first. */
  readonly before: Loss | null;
}

/** Where a connection stands in its flow. */
export interface Joined {
  readonly flow: Flow;
  /** How long media had flowed when it joined, in ms, and the sum of it by then. */
  readonly joinedFlowedMs: number;
  readonly joinedMediaSum: number;
}

/**
 * The media a connection has carried at a monotonic time, as the time in ms that it takes at its mean rate.
 * Stands still while nothing flows.
 */
export function carriedMs({ flow, joinedFlowedMs, joinedMediaSum }: Joined, nowMs: number): number {
  const untilMs = Math.max(joinedFlowedMs, flowedMs(flow, nowMs));
  return (mediaSum(flow, untilMs) - joinedMediaSum) / flow.bytesPerMs;
}

/** How much of the media carried so far was lost, in the same unit. Never falls. */
export function lostMs(loss: Loss, carried: number): number {
  if (loss.before !== null && carried < loss.sinceMs) return lostMs(loss.before, carried);
  const already = loss.before === null ? 0 : lostMs(loss.before, loss.sinceMs);
  if (loss.ratio === 0) return already;
  return already + loss.ratio * (wanderSum(loss.wander, carried) - wanderSum(loss.wander, loss.sinceMs));
}

/** The share that is lost at present. */
export function lossRatioAt({ ratio, wander }: Loss, carried: number): number {
  return ratio === 0 ? 0 : ratio * wanderAt(wander, carried);
}

/** From here on exactly this ratio is lost. */
export function changeLoss(loss: Loss, ratio: number, carried: number): Loss {
  return { ratio, wander: { ...loss.wander, depth: 0 }, sinceMs: carried, before: loss };
}
