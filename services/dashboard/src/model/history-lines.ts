import type { HistoryAnswer, HistoryNumbers, HistoryWords } from '@mediamtx-monitor/types';
import { stepsOf } from './history-join.ts';

/** `null`: not known; `undefined`: another line has a point here, this one none. */
export type ChartValue = number | null | undefined;

/** One number of one subject over time. */
export interface HistoryLine {
  readonly mean: readonly ChartValue[];
  /** Lower and upper edge of its band. Where no least value is kept, the band begins at the mean. */
  readonly low: readonly ChartValue[];
  readonly high: readonly ChartValue[];
  readonly hasBand: boolean;
}

/** Lines on shared axes. */
export interface HistoryLines {
  /** The middle of each step, seconds since 1970, in order. */
  readonly times: readonly number[];
  readonly lines: readonly HistoryLine[];
}

/**
 * One number of several subjects, whose steps may differ. What isn't there yet is a line without points.
 * @param untilMs where the time ends that is shown: of a step that goes on by then the point stands in what is over of it
 */
export function historyLines(
  answers: readonly (HistoryAnswer | undefined)[],
  field: string,
  untilMs: number,
): HistoryLines {
  const own = answers.map((answer) => (answer === undefined ? [] : middlesOf(answer, untilMs / 1_000)));
  const times = [...new Set(own.flat())].sort((a, b) => a - b);
  const lines = answers.map((answer, index) => lineOf(answer?.fields[field], times, own[index] ?? []));
  return { times, lines };
}

/** Words of a field for each step; none where it isn't told. */
export function historyWords(answer: HistoryAnswer | undefined, field: string): readonly (string | null)[] {
  const words = answer?.fields[field] as Partial<HistoryWords> | undefined;
  return words?.worst ?? [];
}

/** Places of points that have no neighbour: no line would show them. */
export function lonePoints(values: readonly ChartValue[]): number[] {
  const isThere = (index: number): boolean => typeof values[index] === 'number';
  return values.flatMap((_, index) =>
    isThere(index) && !isThere(nextPlace(values, index, -1)) && !isThere(nextPlace(values, index, 1))
      ? [index]
      : [],
  );
}

/** The nearest place on one side at which the line itself says something. */
function nextPlace(values: readonly ChartValue[], from: number, step: -1 | 1): number {
  let at = from + step;
  while (at >= 0 && at < values.length && values[at] === undefined) at += step;
  return at;
}

function middlesOf(answer: HistoryAnswer, untilSeconds: number): readonly number[] {
  const first = Date.parse(answer.from) / 1_000;
  return Array.from({ length: stepsOf(answer) }, (_, step) => {
    const start = first + step * answer.stepSeconds;
    const end = start + answer.stepSeconds;
    return start < untilSeconds ? (start + Math.min(end, untilSeconds)) / 2 : (start + end) / 2;
  });
}

function lineOf(
  field: HistoryNumbers | HistoryWords | undefined,
  times: readonly number[],
  own: readonly number[],
): HistoryLine {
  const { mean = [], min, max } = (field ?? {}) as HistoryNumbers;
  const places = new Map(own.map((time, place) => [time, place]));
  const spread = (values: readonly (number | null)[]): readonly ChartValue[] =>
    times.map((time) => {
      const place = places.get(time);
      return place === undefined ? undefined : (values[place] ?? null);
    });
  return {
    mean: spread(mean),
    low: spread(min ?? mean),
    high: spread(max ?? mean),
    hasBand: max !== undefined,
  };
}
