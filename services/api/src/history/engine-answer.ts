import { rounded } from '@mediamtx-monitor/model';
import {
  HISTORY,
  HISTORY_HEALTHS,
  type HistoryAnswer,
  type HistoryNumbers,
  type HistoryWords,
} from '@mediamtx-monitor/types';
import Joi from 'joi';
import { type HistoryQuestion, HistoryRefusedError } from '../http/history.ts';
import type { EngineQuery } from './promql.ts';

/** How the engine is called to people. */
export const ENGINE = 'The engine that keeps history (HISTORY_URL)';

/** What an engine is asked, and up to which Unix time in ms its answers count. */
export interface EngineQuestion extends HistoryQuestion {
  readonly settledMs: number;
}

/** A series of an answer: Unix times in s, and numbers as texts. */
interface EngineSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly unknown[];
}

const MS_PER_SECOND = 1_000;
/** What is answered is right to a ten-thousandth at most. */
const DECIMALS = 4;
/** Nothing that is asked for has more series, labels in one, or points: more isn't looked at, which would take seconds. */
const MOST = { series: 1_000, labels: 100, points: 20_000 } as const;
const JUDGED = HISTORY_HEALTHS.filter((health) => health !== 'unknown');

const labels = Joi.object().pattern(Joi.string(), Joi.string());
const LABELS: Joi.Schema<readonly Readonly<Record<string, string>>[]> = Joi.array().items(labels).required();
const MATRIX = Joi.object<{ readonly resultType: 'matrix'; readonly result: readonly EngineSeries[] }>({
  resultType: Joi.valid('matrix').required(),
  result: Joi.array()
    .items(Joi.object({ metric: labels.required(), values: Joi.array().required() }).unknown())
    .required(),
})
  .unknown()
  .required();

/** Labels of the series that an engine found. @throws {HistoryRefusedError} for what is no such answer */
export function labelsIn(data: unknown): readonly Readonly<Record<string, string>>[] {
  if (sizeOf(data) > MOST.series) throw wrong('too many series');
  if (Array.isArray(data)) data.forEach(assertFewLabels);
  return checked(LABELS, data);
}

/**
 * What an engine answered to queries, in their order, as history.
 * @throws {HistoryRefusedError} for what is no answer to them
 */
export function fieldsIn(
  question: EngineQuestion,
  queries: readonly EngineQuery[],
  data: readonly unknown[],
): HistoryAnswer['fields'] {
  const answers = queries.map((query, place) => ({ ...query, series: seriesIn(data[place]) }));
  const seriesOf = (field: string): readonly EngineSeries[] =>
    answers.find((answer) => answer.field === field)?.series ?? [];
  const words = wordsIn(question, { state: seriesOf('state'), health: seriesOf('health') });
  const entries = question.fields.flatMap((field): (readonly [string, HistoryNumbers | HistoryWords])[] => {
    if (field === 'state' || field === 'health') return [[field, words[field]]];
    const own = answers.filter((answer) => answer.field === field);
    const lists = own.map(({ statistic, series }) => [statistic, numbersIn(series, question)] as const);
    return lists.length === 0 ? [] : [[field, Object.fromEntries(lists)]];
  });
  return Object.fromEntries(entries);
}

/** A number for each step, of an answer that has one series at most. */
function numbersIn(
  [series, ...others]: readonly EngineSeries[],
  question: EngineQuestion,
): (number | null)[] {
  if (others.length > 0) throw wrong('several series where there is one at most');
  const numbers = new Array<number | null>(countOf(question)).fill(null);
  for (const [step, value] of series === undefined ? [] : pointsOf(series, question)) {
    numbers[step] = rounded(Math.max(0, value), DECIMALS);
  }
  return numbers;
}

/**
 * The worst state and health of each step, of answers that have a series for each word that was seen. Of a step in which
 * no state is known nothing is.
 */
function wordsIn(
  question: EngineQuestion,
  answers: Readonly<Record<'state' | 'health', readonly EngineSeries[]>>,
): Readonly<Record<'state' | 'health', HistoryWords>> {
  const [states, healths] = [stepsOf(answers.state, question), stepsOf(answers.health, question)];
  const ordered: readonly string[] = HISTORY[question.subject.kind].states;
  const state = Array.from({ length: countOf(question) }, (_, step) => {
    return ordered.findLast((word) => states.get(word)?.has(step)) ?? null;
  });
  const health = state.map((known, step) => {
    if (known === null) return null;
    // While a stream can't be read its health is unknown, and that time doesn't count.
    const counting = states.get('unknown')?.has(step) === true ? JUDGED : HISTORY_HEALTHS;
    return counting.findLast((word) => healths.get(word)?.has(step)) ?? 'unknown';
  });
  return { state: { worst: state }, health: { worst: health } };
}

/** In which steps each word was seen: a series has it for its only label. */
function stepsOf(
  answer: readonly EngineSeries[],
  question: EngineQuestion,
): ReadonlyMap<string, ReadonlySet<number>> {
  return new Map(
    answer.map((series) => {
      const [word, ...others] = Object.values(series.metric);
      if (word === undefined || others.length > 0) throw wrong('a series without its one label');
      return [word, new Set(pointsOf(series, question).map(([step]) => step))];
    }),
  );
}

/** In which step each known point of a series is, and its value. */
function pointsOf({ values }: EngineSeries, { fromMs, toMs, stepSeconds, settledMs }: EngineQuestion) {
  const stepMs = stepSeconds * MS_PER_SECOND;
  return values.flatMap((point): (readonly [step: number, value: number])[] => {
    const [atSeconds, text] = Array.isArray(point) ? (point as readonly unknown[]) : [];
    if (typeof atSeconds !== 'number' || typeof text !== 'string') throw wrong('a point that is none');
    const [endMs, value] = [Math.round(atSeconds * MS_PER_SECOND), Number(text)];
    // NaN and infinity are texts of their own, and no numbers here.
    if (endMs <= fromMs || endMs > Math.min(toMs, settledMs) || !Number.isFinite(value)) return [];
    return [[Math.ceil((endMs - fromMs) / stepMs) - 1, value]];
  });
}

function countOf({ fromMs, toMs, stepSeconds }: EngineQuestion): number {
  return (toMs - fromMs) / stepSeconds / MS_PER_SECOND;
}

function seriesIn(data: unknown): readonly EngineSeries[] {
  const result = memberOf(data, 'result');
  if (sizeOf(result) > MOST.series) throw wrong('too many series');
  for (const series of Array.isArray(result) ? (result as readonly unknown[]) : []) {
    if (sizeOf(memberOf(series, 'values')) > MOST.points) throw wrong('too many points');
    assertFewLabels(memberOf(series, 'metric'));
  }
  return checked(MATRIX, data).result;
}

/** @param labels of one series */
function assertFewLabels(labels: unknown): void {
  if (typeof labels === 'object' && labels !== null && Object.keys(labels).length > MOST.labels)
    throw wrong('too many labels');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : null;
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** What is wrong is told by its kind only: its own words may be anything. */
function checked<Value>(schema: Joi.Schema<Value>, data: unknown): Value {
  const result = schema.validate(data, { convert: false });
  if (result.error === undefined) return result.value;
  throw wrong(`something else than series (${result.error.details[0]?.type ?? 'unknown'})`);
}

function wrong(what: string): HistoryRefusedError {
  return new HistoryRefusedError(`${ENGINE} answers what it was not asked for: ${what}.`);
}
