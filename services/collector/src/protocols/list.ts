import type { SourceError, SourceStatus } from '@mediamtx-monitor/types';

/** Why a list could not be read. */
export interface ListFailure {
  readonly kind: 'failed';
  readonly status: Exclude<SourceStatus, 'up'>;
  /** What went wrong and what to do, as text; never holds a credential. */
  readonly error: string;
  /** The same for those who tell it in another language. */
  readonly sourceError?: SourceError;
}

/**
 * What asking for one list came to. `off` is MediaMTX's 404: the protocol is switched off, or that version
 * doesn't know it; not a failure.
 */
export type ListOutcome<Item = unknown> =
  | {
      readonly kind: 'items';
      /** What was read of each item as it came; `null` where that isn't what belongs there. */
      readonly items: readonly (Item | null)[];
      /** Monotonic time at which the answer's headers arrived. */
      readonly receivedAtMs: number;
      readonly simulated: boolean;
      /** Whether a connection broke, or none was left for the path list: it may have ended with the server. */
      readonly isNewConnection?: boolean;
      /** What it was called in the URL, where that isn't its name here. */
      readonly route?: string;
    }
  | { readonly kind: 'off' }
  | ListFailure;

/** A list whose every item has been understood, or why there is none. */
export type NormalisedList<Fact> =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly receivedAtMs: number }
  | { readonly kind: 'off' }
  | ListFailure;

/**
 * Looks at the items of a list as a whole. One without an identity, or with that of another, makes the list invalid: who
 * knows what else is wrong with it.
 * @param list its name here; failures name it as it was asked for
 */
export function normaliseList<Fact>(
  list: string,
  outcome: ListOutcome<Fact>,
  identityOf: (fact: Fact) => string,
): NormalisedList<Fact> {
  if (outcome.kind !== 'items') return outcome;
  const { items, receivedAtMs, route = list } = outcome;
  const invalid = (what: string): ListFailure => {
    const error = `MediaMTX sent a wrong answer for ${route}: item ${facts.length} has ${what}.`;
    const values = { list: route, item: String(facts.length) };
    return { kind: 'failed', status: 'invalid', error, sourceError: { code: 'invalid-item', values } };
  };
  const facts: Fact[] = [];
  const identities = new Set<string>();
  for (const fact of items) {
    if (fact === null) return invalid('no name or id');
    if (identities.add(identityOf(fact)).size === facts.length) return invalid('the name or id of another');
    facts.push(fact);
  }
  return { kind: 'facts', facts, receivedAtMs };
}
