import type { MonitorApi } from '@mediamtx-monitor/client';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { asError } from '../../data/as-error.ts';
import { type ChartSpan, refreshMsOf, stepSecondsOf } from '../../model/chart-span.ts';
import { joinHistory } from '../../model/history-join.ts';
import { type PastSubject, subjectRequest } from './subject.ts';

/** Which time is looked at. */
export interface PastTime {
  readonly span: ChartSpan;
  /** It ends now, and goes on. */
  readonly isOpen: boolean;
}

/** What is known of a subject in that time. */
export interface KnownPast {
  readonly answer: HistoryAnswer | undefined;
  /** What was against it the last time. */
  readonly error: Error | undefined;
}

/** The newest steps may not have been known yet when they were asked for: so much of them is asked for again. */
const AGAIN_STEPS = 2;
const AGAIN_MS = 30_000;
/** How long to wait after what went wrong. */
const RETRY_MS = 30_000;

interface PastPorts {
  readonly api: Pick<MonitorApi, 'history'>;
  /** Runs something later. @returns how to call it off */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Unix time in ms. */
  readonly now: () => number;
  readonly tell: (known: KnownPast) => void;
}

/**
 * Asks how something was, and, where that goes on, for its newest part with each step.
 * @returns how to stop
 */
export function followPast(subject: PastSubject, { span, isOpen }: PastTime, ports: PastPorts): () => void {
  const { api, after, now, tell } = ports;
  const request = subjectRequest(subject);
  const lengthMs = span.toMs - span.fromMs;
  let isLeft = false;
  let callOff = (): void => undefined;
  let known: HistoryAnswer | undefined;

  const ask = (fromMs: number, stepSeconds: number | undefined): Promise<HistoryAnswer> =>
    api.history({
      ...request,
      from: iso(fromMs),
      ...(!isOpen && { to: iso(span.toMs) }),
      ...(stepSeconds !== undefined && { stepSeconds }),
    });
  const askAll = (): Promise<HistoryAnswer> =>
    ask(isOpen ? now() - lengthMs : span.fromMs, stepSecondsOf(span));
  const askNewest = async (old: HistoryAnswer): Promise<HistoryAnswer> => {
    const stepMs = old.stepSeconds * 1_000;
    const newer = await ask(Date.parse(old.to) - Math.max(AGAIN_STEPS * stepMs, AGAIN_MS), old.stepSeconds);
    return joinHistory(old, newer, Date.parse(newer.to) - lengthMs) ?? (await askAll());
  };
  const run = (): void => {
    (known === undefined ? askAll() : askNewest(known)).then(
      (answer) => {
        if (isLeft) return;
        known = answer;
        tell({ answer, error: undefined });
        if (isOpen) callOff = after(refreshMsOf(answer.stepSeconds), run);
      },
      (error: unknown) => {
        if (isLeft) return;
        tell({ answer: known, error: asError(error) });
        callOff = after(RETRY_MS, run);
      },
    );
  };
  run();
  return () => {
    isLeft = true;
    callOff();
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
