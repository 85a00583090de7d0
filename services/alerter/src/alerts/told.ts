import type { StoredAlert } from '../model.ts';

/** Whether every target that is told of an alert knows that it is over. */
export function isToldInFull({ notified }: StoredAlert): boolean {
  return Object.values(notified).every(({ state }) => state === 'resolved');
}
