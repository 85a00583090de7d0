import {
  LIST_NAMES,
  type ListFailure,
  type ListName,
  type ListOutcome,
  type Observation,
  type PollResult,
} from '../facts.ts';
import { normalisePath } from './paths.ts';
import { normaliseSrtConn } from './srtconns.ts';

type Normalised<Fact> =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly simulated: boolean }
  | { readonly kind: 'off' }
  | ListFailure;

/** A list with one item that has no identity is wrong as a whole: who knows what else is. */
function normaliseList<Fact>(
  list: ListName,
  outcome: ListOutcome,
  normaliseItem: (item: unknown) => Fact | null,
): Normalised<Fact> {
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
  return { kind: 'facts', facts, simulated: outcome.simulated };
}

/** Turns what any MediaMTX version from 1.2.0 on sent into our facts. Pure. */
export function normalise(poll: PollResult): Observation {
  const paths = normaliseList('paths', poll.paths, normalisePath);
  const srtConns = normaliseList('srtconns', poll.srtconns, normaliseSrtConn);
  const lists = { paths, srtconns: srtConns };
  const failures = LIST_NAMES.map((name) => lists[name]).filter((list) => list.kind === 'failed');
  return {
    paths: paths.kind === 'facts' ? paths.facts : null,
    srtConns: srtConns.kind === 'facts' ? srtConns.facts : null,
    status: paths.kind === 'failed' ? paths.status : 'up',
    error: failures[0]?.error ?? null,
    simulated: LIST_NAMES.some((name) => {
      const list = lists[name];
      return list.kind === 'facts' && list.simulated;
    }),
    missing: LIST_NAMES.filter((name) => lists[name].kind === 'failed'),
  };
}
