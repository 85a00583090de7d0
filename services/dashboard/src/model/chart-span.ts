import type { Range } from '../data/view.ts';

/** A stretch of the past, in ms since 1970. */
export interface ChartSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** How long a range is, in ms. */
export const RANGE_MS: Readonly<Record<Range, number>> = {
  '15m': 15 * MINUTE_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
};
/** Steps of which least and greatest are kept; so short a time as 15 minutes is answered in the finest there is. */
const STEP_SECONDS: Readonly<Record<Range, number | undefined>> = {
  '15m': undefined,
  '24h': 300,
  '7d': 1_800,
  '30d': 7_200,
};

/** What of the past a range is: up to now, or around a moment, also where that is just over; none is around one to come. */
export function spanOf(range: Range, at: number | null, nowMs: number): ChartSpan {
  const lengthMs = RANGE_MS[range];
  const toMs = at === null || at > nowMs ? nowMs : at + lengthMs / 2;
  return { fromMs: toMs - lengthMs, toMs };
}

/** Length of a step in seconds; `undefined`: the finest that is kept of that time. */
export function stepSecondsOf({ fromMs, toMs }: ChartSpan): number | undefined {
  const range = (Object.keys(RANGE_MS) as Range[]).find((each) => RANGE_MS[each] >= toMs - fromMs) ?? '30d';
  // A part of a day that somebody looks into is to be seen as fine as can be.
  return RANGE_MS[range] > toMs - fromMs && range === '24h' ? undefined : STEP_SECONDS[range];
}

/**
 * The moment in the middle of the time before or after; `null`: that of now.
 * @param steps -1 is earlier, 1 later, by the whole range
 */
export function walked(range: Range, at: number | null, steps: -1 | 1, nowMs: number): number | null {
  const lengthMs = RANGE_MS[range];
  const { toMs } = spanOf(range, at, nowMs);
  const middle = toMs - lengthMs / 2 + steps * lengthMs;
  return middle + lengthMs / 2 >= nowMs ? null : middle;
}

/** What is drawn over between two places of a chart; `null` where that is too little to be meant. */
export function zoomed(from: number, to: number): ChartSpan | null {
  const [fromMs, toMs] = [Math.min(from, to), Math.max(from, to)];
  return toMs - fromMs < MINUTE_MS ? null : { fromMs, toMs };
}

/** How often what ends now is asked for again: as often as there is another step, but not each second. */
export function refreshMsOf(stepSeconds: number): number {
  return Math.min(HOUR_MS, Math.max(10_000, stepSeconds * 1_000));
}
