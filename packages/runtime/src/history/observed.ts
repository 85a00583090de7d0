import { type Health, HISTORY, type HistoryFieldOf, type HistoryKind } from '@mediamtx-monitor/types';
import { statusOf } from './aggregate.ts';
import type { ObservedSubjects } from './history-recorder.ts';

/** What was seen of one subject in a tick. */
export interface ObservedSubject<Kind extends HistoryKind> {
  /** Empty where a subject is alone. */
  readonly name: string;
  readonly state: string;
  readonly health: Health;
  /** `null` = unknown. */
  readonly values: Readonly<Record<HistoryFieldOf<Kind>, number | null>>;
}

/** Puts what was seen of subjects in a tick into the form in which it is kept. */
export function observed<Kind extends HistoryKind>(
  kind: Kind,
  subjects: readonly ObservedSubject<Kind>[],
): ObservedSubjects {
  const { states, fields } = HISTORY[kind];
  const names = Object.keys(fields) as HistoryFieldOf<Kind>[];
  const ordered = isAscending(subjects) ? subjects : subjects.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const statuses = new Uint8Array(ordered.length);
  const values = new Float32Array(ordered.length * names.length);
  ordered.forEach((subject, place) => {
    statuses[place] = statusOf(states, subject.state, subject.health);
    for (let field = 0; field < names.length; field += 1) {
      const name = names[field];
      values[place * names.length + field] = (name === undefined ? null : subject.values[name]) ?? NaN;
    }
  });
  return { names: ordered.map(({ name }) => name), statuses, values };
}

function isAscending(subjects: readonly { readonly name: string }[]): boolean {
  return subjects.every(({ name }, place) => place === 0 || name > (subjects[place - 1]?.name ?? ''));
}
