import type { AlertSubject } from '@mediamtx-monitor/types';
import { subjectKey } from '../../src/model.ts';
import type { Sight } from '../../src/observe/index.ts';

/** What is wrong with something, as it is seen; `undefined` = nothing. */
export function reasonsOf({ observation }: Sight, subject: AlertSubject) {
  const ill = observation.ill.get(subjectKey(subject));
  return ill?.reasons.map(({ code, severity, heldMs }) => [code, severity, heldMs]);
}

/** Whether it would be seen that something is wrong with these. */
export function isSeen({ observation }: Sight, ...subjects: readonly AlertSubject[]): readonly boolean[] {
  return subjects.map((subject) => observation.isSeen(subject));
}
