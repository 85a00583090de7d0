/** How bad trouble is. */
export type Severity = 'warning' | 'critical';

interface Severe {
  readonly severity: Severity;
}

/** The worst first, else as they were: what leads is what is told first everywhere. */
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
