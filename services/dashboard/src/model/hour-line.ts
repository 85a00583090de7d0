import type { HistoryAnswer } from '@mediamtx-monitor/types';

/** The means of a field in the steps of an answer, oldest first; NaN where nothing is known. */
export function meansOf({ fields }: HistoryAnswer, field: string): readonly number[] {
  const numbers = fields[field];
  if (numbers === undefined || !('mean' in numbers)) return [];
  return (numbers.mean ?? []).map((value) => value ?? NaN);
}
