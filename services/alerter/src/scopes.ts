import { streamGlob } from '@mediamtx-monitor/runtime';
import type { AlertSubject } from '@mediamtx-monitor/types';

/** What something is for: all given members have to hold. */
export interface Scope {
  /** Ids of servers; `null` = all, and hosts. */
  readonly servers: readonly string[] | null;
  /** Glob for names of streams; `null` = all, and servers and hosts. */
  readonly match: string | null;
}

/** Tells which of some scopes something belongs to, and remembers it as long as that is there. */
export class Scopes {
  readonly #holds: readonly ((subject: AlertSubject) => boolean)[];
  readonly #places = new WeakMap<AlertSubject, readonly number[]>();
  readonly #lists = new Map<string, readonly number[]>();

  constructor(scopes: readonly Scope[]) {
    this.#holds = scopes.map(testOf);
  }

  /** Places of the scopes that it belongs to, in their order; the very same list for all that belong to the same. */
  placesOf(subject: AlertSubject): readonly number[] {
    const known = this.#places.get(subject);
    if (known !== undefined) return known;
    const found = this.#holds.flatMap((holds, place) => (holds(subject) ? [place] : []));
    const places = this.#lists.get(found.join()) ?? found;
    this.#lists.set(places.join(), places);
    this.#places.set(subject, places);
    return places;
  }
}

function testOf({ servers, match }: Scope): (subject: AlertSubject) => boolean {
  const ids = servers && new Set(servers);
  const matches = match === null ? null : streamGlob(match);
  return (subject) => {
    if (ids !== null && (subject.kind === 'host' || !ids.has(subject.server))) return false;
    return matches === null || (subject.kind === 'stream' && matches(subject.stream));
  };
}
