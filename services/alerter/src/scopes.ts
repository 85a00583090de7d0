import { streamGlob } from '@mediamtx-monitor/runtime';
import type { AlertSubject } from '@mediamtx-monitor/types';

/** What something is for: all given members have to hold. */
export interface SubjectScope {
  /** Ids of servers; `null` = all, and hosts. */
  readonly servers: readonly string[] | null;
  /** Glob for names of streams; `null` = all, and servers and hosts. */
  readonly match: string | null;
  /** Whether servers belong to it, though it has a glob: what happens to them happens to their streams. */
  readonly hasServers?: boolean;
}

/** To which of the first scopes something belongs. */
interface FoundScopes {
  readonly count: number;
  readonly places: readonly number[];
}

/** Tells which of some scopes something belongs to, and remembers it as long as that is there. */
export class Scopes {
  readonly #tests: ((subject: AlertSubject) => boolean)[];
  readonly #found = new WeakMap<AlertSubject, FoundScopes>();
  readonly #lists = new Map<string, readonly number[]>();

  constructor(scopes: readonly SubjectScope[]) {
    this.#tests = scopes.map(testOf);
  }

  /** One more, behind the others: what is known of these stays known. Tells its place. */
  add(scope: SubjectScope): number {
    return this.#tests.push(testOf(scope)) - 1;
  }

  /** Places of the scopes that it belongs to, in their order; the very same list for all that belong to the same. */
  placesOf(subject: AlertSubject): readonly number[] {
    const { count, places } = this.#found.get(subject) ?? NOTHING_FOUND;
    if (count === this.#tests.length) return places;
    const found = [...places];
    for (const [index, holds] of this.#tests.slice(count).entries()) {
      if (holds(subject)) found.push(count + index);
    }
    const list = this.#lists.get(found.join()) ?? found;
    this.#lists.set(list.join(), list);
    this.#found.set(subject, { count: this.#tests.length, places: list });
    return list;
  }
}

const NOTHING_FOUND: FoundScopes = { count: 0, places: [] };

function testOf({ servers, match, hasServers = false }: SubjectScope): (subject: AlertSubject) => boolean {
  const ids = servers && new Set(servers);
  const matches = match === null ? null : streamGlob(match);
  return (subject) => {
    if (ids !== null && (subject.kind === 'host' || !ids.has(subject.server))) return false;
    if (matches === null || (hasServers && subject.kind === 'server')) return true;
    return subject.kind === 'stream' && matches(subject.stream);
  };
}
