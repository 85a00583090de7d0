import type { Random } from './random.ts';

/**
 * A value that wanders around 1 in two waves of unrelated periods. With a depth below 1 it stays
 * positive, so its sum over time never falls and can serve as a counter.
 *
 * The waves are parabolas, not sines: they look the same and cost a tenth, which tells at 10,000 streams.
 */
export interface Wander {
  /** Largest distance from 1, below 1. */
  readonly depth: number;
  readonly slowPeriodMs: number;
  readonly fastPeriodMs: number;
  /** Where in the waves it starts, in periods. */
  readonly phase: number;
}

const FAST_SHARE = 0.3;
const SLOW_SHARE = 1 - FAST_SHARE;

/** A wander of the given depth with periods of about a minute and about ten seconds. */
export function wanderFrom(random: Random, depth: number): Wander {
  return {
    depth,
    slowPeriodMs: 40_000 + random() * 50_000,
    fastPeriodMs: 7_000 + random() * 6_000,
    phase: random(),
  };
}

/** The value at a time in ms; within 1 ± depth. */
export function wanderAt({ depth, slowPeriodMs, fastPeriodMs, phase }: Wander, timeMs: number): number {
  const slow = wave(timeMs / slowPeriodMs + phase);
  const fast = wave(timeMs / fastPeriodMs + phase);
  return 1 + depth * (SLOW_SHARE * slow + FAST_SHARE * fast);
}

/**
 * The sum of the value over time (its integral) up to a time in ms, in ms, plus a constant of its own:
 * only differences mean something.
 */
export function wanderSum({ depth, slowPeriodMs, fastPeriodMs, phase }: Wander, timeMs: number): number {
  const slow = slowPeriodMs * waveSum(timeMs / slowPeriodMs + phase);
  const fast = fastPeriodMs * waveSum(timeMs / fastPeriodMs + phase);
  return timeMs + depth * (SLOW_SHARE * slow + FAST_SHARE * fast);
}

/** A wave between -1 and 1 with a period of 1: one parabola up, one down. */
function wave(position: number): number {
  const twice = 2 * (position - Math.floor(position));
  return twice < 1 ? 4 * twice * (1 - twice) : -4 * (twice - 1) * (2 - twice);
}

/** The integral of the wave from 0. Over a whole period it is 0. */
function waveSum(position: number): number {
  const twice = 2 * (position - Math.floor(position));
  return twice < 1 ? parabolaSum(twice) : parabolaSum(2 - twice);
}

function parabolaSum(twice: number): number {
  return twice * twice * (1 - (2 / 3) * twice);
}
