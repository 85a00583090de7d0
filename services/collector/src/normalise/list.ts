import type { ListFailure, ListName, ListOutcome } from '../facts.ts';

/** A list whose every item has been understood, or why there is none. */
export type NormalisedList<Fact> =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly receivedAtMs: number }
  | { readonly kind: 'off' }
  | ListFailure;

/**
 * Normalises the items of a list. One item without an identity, or with that of another, makes the list invalid as a
 * whole: who knows what else is wrong with it.
 */
export function normaliseList<Fact>(
  list: ListName,
  outcome: ListOutcome,
  normaliseItem: (item: unknown) => Fact | null,
  identityOf: (fact: Fact) => string,
): NormalisedList<Fact> {
  if (outcome.kind !== 'items') return outcome;
  const invalid = (what: string): ListFailure => {
    const route = outcome.route ?? list;
    const error = `MediaMTX sent a wrong answer for ${route}: item ${facts.length} has ${what}.`;
    const values = { list: route, item: String(facts.length) };
    return { kind: 'failed', status: 'invalid', error, sourceError: { code: 'invalid-item', values } };
  };
  const facts: Fact[] = [];
  const identities = new Set<string>();
  for (const item of outcome.items) {
    const fact = normaliseItem(item);
    if (fact === null) return invalid('no name or id');
    if (identities.add(identityOf(fact)).size === facts.length) return invalid('the name or id of another');
    facts.push(fact);
  }
  return { kind: 'facts', facts, receivedAtMs: outcome.receivedAtMs };
}
