import type { Moment } from '@mediamtx-monitor/runtime';
import type { RawList, RawSample } from '@mediamtx-monitor/types';
import type { ListOutcome } from '../protocols/index.ts';

/** What a round of questions came to: each list by its name. */
export type Outcomes = Readonly<Record<string, ListOutcome>>;

/** A round of questions that began at `start`, as a sample. Pure. */
export function sampleOf(outcomes: Outcomes, start: Moment): RawSample {
  const isoTime = (monotonicMs: number): string =>
    new Date(start.wallMs + monotonicMs - start.monotonicMs).toISOString();
  const listOf = (outcome: ListOutcome): RawList => {
    if (outcome.kind === 'off') return { status: 'off' };
    if (outcome.kind === 'failed') return { status: outcome.status, error: outcome.error };
    return { status: 'read', receivedAt: isoTime(outcome.receivedAtMs), items: outcome.items };
  };
  const lists = Object.entries(outcomes).map(([name, outcome]) => [name, listOf(outcome)] as const);
  return { takenAt: isoTime(start.monotonicMs), lists: Object.fromEntries(lists) };
}
