import type { Health, Severity } from '@mediamtx-monitor/types';

/** How much of an eye something needs: 0 most. */
export const URGENCIES: Readonly<Record<Health, number>> = { critical: 0, warning: 1, unknown: 2, ok: 3 };

/** Whether someone should look at what has this health. */
export function isIll(health: Health): health is Severity {
  return health === 'warning' || health === 'critical';
}

interface Severe {
  readonly severity: Severity;
}

/** The worst first, else as they were: what leads is what is said first everywhere. What is in order stays what it is. */
export function worstFirst<T extends Severe>(all: readonly T[]): readonly T[] {
  const isInOrder = all.every(
    ({ severity }, index) => severity === 'critical' || all[index + 1]?.severity !== 'critical',
  );
  if (isInOrder) return all;
  return [
    ...all.filter(({ severity }) => severity === 'critical'),
    ...all.filter(({ severity }) => severity !== 'critical'),
  ];
}

/** The worst of all; `undefined` of none. */
export function worstOf(all: readonly Severe[]): Severity | undefined {
  return all.some(({ severity }) => severity === 'critical') ? 'critical' : all[0]?.severity;
}
