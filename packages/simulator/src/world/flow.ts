import { wanderAt, wanderFrom, wanderSum, type Wander } from './wander.ts';
import type { Random } from './random.ts';

/** The media of one run of a stream: a bitrate that varies gently around its mean. */
export interface Flow {
  /** Monotonic time in ms. */
  readonly startedAtMs: number;
  /** Monotonic time in ms since which nothing arrives; `null` while media flows. */
  readonly frozenAtMs: number | null;
  /** How long it was frozen before, in ms. */
  readonly frozenForMs: number;
  /** Mean rate. */
  readonly bytesPerMs: number;
  readonly wander: Wander;
}

const BYTES_PER_MS_AND_MBPS = 125;

/** A flow that starts now, of 1.5 to 8 Mbit/s. */
export function startFlow(random: Random, startedAtMs: number): Flow {
  const mbps = 1.5 + random() * 6.5;
  return {
    startedAtMs,
    frozenAtMs: null,
    frozenForMs: 0,
    bytesPerMs: mbps * BYTES_PER_MS_AND_MBPS,
    wander: wanderFrom(random, 0.15),
  };
}

/** How long media has flowed, in ms; stands still while frozen. */
export function flowedMs(flow: Flow, nowMs: number): number {
  return Math.max(0, (flow.frozenAtMs ?? nowMs) - flow.startedAtMs - flow.frozenForMs);
}

/**
 * Media bytes that have flowed after {@link flowedMs}, plus a constant of its own: only differences
 * mean something.
 */
export function mediaSum(flow: Flow, afterMs: number): number {
  return flow.bytesPerMs * wanderSum(flow.wander, afterMs);
}

/** The present rate; 0 while frozen. */
export function bytesPerMs(flow: Flow, nowMs: number): number {
  return flow.frozenAtMs === null ? flow.bytesPerMs * wanderAt(flow.wander, flowedMs(flow, nowMs)) : 0;
}

/** The same flow, stopped or going on where it stopped. */
export function freezeFlow(flow: Flow, frozen: boolean, nowMs: number): Flow {
  if (frozen) return { ...flow, frozenAtMs: flow.frozenAtMs ?? nowMs };
  if (flow.frozenAtMs === null) return flow;
  return { ...flow, frozenAtMs: null, frozenForMs: flow.frozenForMs + nowMs - flow.frozenAtMs };
}
