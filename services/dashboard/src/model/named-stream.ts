import type { StreamId } from '../data/view.ts';
import { displayName, keyOf } from './streams.ts';

/** What to search for: a name as it was typed, or what stands in it behind the id of a server. */
export function searchesFor(typed: string, serverIds: readonly string[]): readonly string[] {
  const behind = serverIds.flatMap((server) =>
    [`${server} / `, `${server}/`]
      .filter((start) => typed.startsWith(start))
      .map((start) => typed.slice(start.length)),
  );
  return [typed, ...behind].filter((one) => one !== '');
}

/**
 * The stream that somebody means: by its whole name, with or without its server, or by a part that only one has.
 * @param found streams that have it in their names
 */
export function namedStream(
  typed: string,
  found: readonly StreamId[],
): StreamId | 'noStream' | 'severalStreams' {
  const meant = typed.toLowerCase();
  const exact = found.filter((one) =>
    [one.name, keyOf(one), displayName(one, true)].some((name) => name.toLowerCase() === meant),
  );
  const chosen = exact.length > 0 ? exact : found;
  const [first, second] = chosen;
  if (first === undefined) return 'noStream';
  return second === undefined ? first : 'severalStreams';
}
