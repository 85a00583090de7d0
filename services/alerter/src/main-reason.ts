import { worstFirst } from '@mediamtx-monitor/model';
import type { Alert, Reason } from '@mediamtx-monitor/types';

/** Reasons that are about viewers and others who take a stream: what arrives comes before them. */
const TAKERS: ReadonlySet<string> = new Set(['forward-failing', 'reader-discards', 'discards']);

/** Those of what arrives first, each the worst first: what only those who take it suffer comes last. */
export function mainFirst(reasons: readonly Reason[]): readonly Reason[] {
  const worst = worstFirst(reasons);
  return [...worst.filter(({ code }) => !TAKERS.has(code)), ...worst.filter(({ code }) => TAKERS.has(code))];
}

/** What an alert is told as: the first of its reasons. */
export function mainReason({ reasons }: Pick<Alert, 'reasons'>): Reason | undefined {
  return mainFirst(reasons)[0];
}
