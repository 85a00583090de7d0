import { HISTORY, type HistoryAnswer, type HistorySubject, MAX_HISTORY_STEPS } from '@mediamtx-monitor/types';
import type { QueryValues } from './parameters.ts';
import { shown } from './query.ts';
import { RefusedError } from './refusal.ts';

/** What of history is asked for. */
export interface HistoryQuestion {
  readonly subject: HistorySubject;
  /** `state`, `health` and fields of its kind. */
  readonly fields: readonly string[];
  /** Unix times in ms, whole numbers of steps. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepSeconds: number;
}

/** What was found, and how long it took to put that together, in ms. */
export interface HistoryResult {
  readonly fields: HistoryAnswer['fields'];
  readonly workMs: number;
}

/** Where history is kept. */
export interface HistorySource {
  /** Unix time in ms by which history is dated. @throws {RedisAwayError|RedisRefusedError} */
  readonly nowMs: () => Promise<number>;
  /** The finest step that is kept of what was so many seconds ago. */
  readonly finestStepSeconds: (agoSeconds: number) => number;
  /** Of these servers, those that have history of a stream. @throws as `nowMs`, or {HistoryAwayError|HistoryRefusedError} */
  readonly serversWith: (
    stream: string,
    servers: readonly string[],
    signal: AbortSignal,
  ) => Promise<readonly string[]>;
  /** Whether anything is kept of a server or host. @throws as `serversWith` */
  readonly isKept: (
    subject: Exclude<HistorySubject, { readonly kind: 'stream' }>,
    signal: AbortSignal,
  ) => Promise<boolean>;
  /**
   * @param signal aborts when nobody waits for it any more
   * @throws as `nowMs`, or {HistoryAwayError|HistoryRefusedError}
   */
  readonly read: (question: HistoryQuestion, signal: AbortSignal) => Promise<HistoryResult>;
}

/** What keeps history doesn't answer; the message says so to people. */
export class HistoryAwayError extends Error {
  readonly code = 'history-away';
}

/** What keeps history answers, and not as it should; the message says to people why, and what to do. */
export class HistoryRefusedError extends Error {
  readonly code = 'history-refused';
}

/** Which time, in which steps. */
export type HistoryWindow = Pick<HistoryQuestion, 'fromMs' | 'toMs' | 'stepSeconds'>;

export interface WindowContext {
  /** Unix time in ms. */
  readonly nowMs: number;
  /** Time between two ticks. */
  readonly tickSeconds: number;
  readonly finestStepSeconds: HistorySource['finestStepSeconds'];
}

const MS_PER_SECOND = 1_000;
/** What is answered where nothing is asked. */
const DEFAULT_SECONDS = 900;
/** A step is chosen so that there are at most so many. */
const CHOSEN_STEPS = 1_000;
const DAY_SECONDS = 86_400;
const STEPS = [30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, DAY_SECONDS] as const;
/** Slots aren't cut: a step is a whole number of those that it is made of. */
const SLOTS = [300, 30, 1] as const;

/**
 * The time that is asked for, and in which steps it can be answered.
 * @throws {RefusedError} `invalid-parameter`, or `step-too-fine`, which says what is possible
 */
export function windowOf(
  { to, historyFrom, step }: Partial<Pick<QueryValues, 'to' | 'historyFrom' | 'step'>>,
  { nowMs, tickSeconds, finestStepSeconds }: WindowContext,
): HistoryWindow {
  const endMs = to ?? nowMs;
  const startMs = historyFrom ?? Math.max(0, endMs - DEFAULT_SECONDS * MS_PER_SECOND);
  if (startMs >= endMs) {
    throw refused('invalid-parameter', 'from is not before to; to is now unless given.');
  }
  const seconds = (endMs - startMs) / MS_PER_SECOND;
  const kept = Math.max(tickSeconds, finestStepSeconds((nowMs - startMs) / MS_PER_SECOND));
  const stepSeconds = step ?? chosenStep(seconds, kept);
  const finest = Math.max(kept, wholeSlots(Math.ceil(seconds / (MAX_HISTORY_STEPS - 1))));
  if (stepSeconds < finest) {
    throw refused(
      'step-too-fine',
      `step is ${stepSeconds}; the finest for this time is ${finest} (seconds).`,
    );
  }
  if (wholeSlots(stepSeconds) !== stepSeconds) {
    throw refused(
      'invalid-parameter',
      `step is ${stepSeconds}; from 30 on it is a multiple of 30, from 300 on one of 300, as ${wholeSlots(stepSeconds)}.`,
    );
  }
  const stepMs = stepSeconds * MS_PER_SECOND;
  return {
    fromMs: Math.floor(startMs / stepMs) * stepMs,
    toMs: Math.max(Math.ceil(endMs / stepMs), Math.floor(startMs / stepMs) + 1) * stepMs,
    stepSeconds,
  };
}

function chosenStep(seconds: number, finest: number): number {
  const least = Math.max(finest, seconds / CHOSEN_STEPS);
  if (least <= finest && finest < 30) return finest;
  return STEPS.find((each) => each >= least) ?? Math.ceil(least / DAY_SECONDS) * DAY_SECONDS;
}

/** The least step that is no less than this and made of whole slots. */
function wholeSlots(seconds: number): number {
  const slot = SLOTS.find((each) => seconds >= each) ?? 1;
  return Math.ceil(seconds / slot) * slot;
}

/** Fields to answer with. @throws {RefusedError} when one isn't kept of that kind */
export function fieldsFor(
  kind: HistorySubject['kind'],
  asked: readonly string[] | undefined,
): readonly string[] {
  const all = ['state', 'health', ...Object.keys(HISTORY[kind].fields)];
  const unknown = asked?.filter((field) => !all.includes(field)) ?? [];
  if (unknown.length > 0) {
    throw refused(
      'invalid-parameter',
      `fields has ${shown(unknown.join(', '))}; of a ${kind} there are ${all.join(', ')}.`,
    );
  }
  return asked === undefined ? all : all.filter((field) => asked.includes(field));
}

function refused(code: 'invalid-parameter' | 'step-too-fine', detail: string): RefusedError {
  return new RefusedError({ code, detail });
}
