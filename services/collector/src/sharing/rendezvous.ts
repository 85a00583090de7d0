import { createHash } from 'node:crypto';

/**
 * Ids of candidates for a server, whoever should have it first: by a hash of both, so that each of many has about the same
 * share, and one that comes or goes moves only what is its own.
 */
export function inOrderFor(server: string, candidates: readonly string[]): readonly string[] {
  const weights = new Map(candidates.map((id) => [id, weightOf(server, id)]));
  const weightIn = (id: string): string => weights.get(id) ?? '';
  return [...weights.keys()].sort((a, b) => (weightIn(a) < weightIn(b) ? -1 : 1));
}

function weightOf(server: string, candidate: string): string {
  return createHash('sha256').update(`${server} ${candidate}`).digest('hex');
}
