import type { ListFailure, ListName, ListOutcome } from '../facts.ts';

/** A list whose every item has been understood, or why there is none. */
export type NormalisedList<Fact> =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly receivedAtMs: number }
  | { readonly kind: 'off' }
  | ListFailure;

/**
 * Normalises the items of a list. One item without an identity makes the list invalid as a whole: who knows what
 * else is wrong with it.
 */
export function normaliseList<Fact>(
  list: ListName,
  outcome: ListOutcome,
  normaliseItem: (item: unknown) => Fact | null,
): NormalisedList<Fact> {
  if (outcome.kind !== 'items') return outcome;
  const facts: Fact[] = [];
  for (const item of outcome.items) {
    const fact = normaliseItem(item);
    if (fact === null) {
      const error = `MediaMTX sent a wrong answer for ${list}: item ${facts.length} has no name or id.`;
      return { kind: 'failed', status: 'invalid', error };
    }
    facts.push(fact);
  }
  return { kind: 'facts', facts, receivedAtMs: outcome.receivedAtMs };
}
