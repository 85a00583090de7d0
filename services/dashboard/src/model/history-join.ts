import type { HistoryAnswer, HistoryNumbers, HistoryWords } from '@mediamtx-monitor/types';

type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

/**
 * What is known already, with what is newer: where both tell of a step, the newer one counts.
 * @param fromMs what ended before that is left out
 * @returns `null` where they don't fit together: steps of another length, or some missing in between
 */
export function joinHistory(
  known: HistoryAnswer,
  newer: HistoryAnswer,
  fromMs: number,
): HistoryAnswer | null {
  if (known.stepSeconds !== newer.stepSeconds) return null;
  const stepMs = known.stepSeconds * 1_000;
  const knownMs = Date.parse(known.from);
  const newerMs = Date.parse(newer.from);
  if (newerMs < knownMs || newerMs > Date.parse(known.to)) return null;
  const before = (newerMs - knownMs) / stepMs;
  const most = before + stepsOf(newer) - 1;
  const dropped = Math.min(most, Math.max(0, Math.floor((fromMs - knownMs) / stepMs)));
  const join = (old: Columns = {}, next: Columns): Columns =>
    Object.fromEntries(
      [...new Set([...Object.keys(old), ...Object.keys(next)])].map((name) => [
        name,
        [...columnOf(old[name], before), ...columnOf(next[name], stepsOf(newer))].slice(dropped),
      ]),
    );
  const fields = Object.entries(newer.fields).map(([name, columns]) => [
    name,
    join(known.fields[name] as Columns | undefined, columns as Columns),
  ]);
  return {
    from: new Date(knownMs + dropped * stepMs).toISOString(),
    to: newer.to,
    stepSeconds: newer.stepSeconds,
    fields: Object.fromEntries(fields) as Readonly<Record<string, HistoryNumbers | HistoryWords>>,
  };
}

/** How many steps an answer has. */
export function stepsOf({ from, to, stepSeconds }: HistoryAnswer): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / stepSeconds / 1_000);
}

/** A statistic that an answer doesn't have isn't known in any of its steps. */
function columnOf(
  column: readonly (number | string | null)[] | undefined,
  steps: number,
): readonly (number | string | null)[] {
  return column?.slice(0, steps) ?? Array.from({ length: steps }, () => null);
}
