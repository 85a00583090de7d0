import { streamGlob } from '@mediamtx-monitor/runtime';
import { hasAllLabels, type ServerLabels } from '@mediamtx-monitor/types';
import type { StoredAlert } from './model.ts';

/** What something is for: all given members have to hold. */
export interface SubjectScope {
  /** Ids of servers; `null` = all, and hosts. */
  readonly servers: readonly string[] | null;
  /** Labels that the server has to have, all of them; left out or `null` = all, and hosts. */
  readonly labels?: ServerLabels | null;
  /** Glob for names of streams; `null` = all, and servers and hosts. */
  readonly match: string | null;
  /** Whether servers belong to it, though it has a glob: what happens to them happens to their streams. */
  readonly hasServers?: boolean;
}

/** An alert, as far as it may belong to something. */
type ScopedAlert = Pick<StoredAlert, 'subject' | 'labels'>;

/** To which of the first scopes something belongs. */
interface FoundScopes {
  readonly count: number;
  /** What it was labelled with then. */
  readonly labels: ServerLabels | undefined;
  readonly places: readonly number[];
}

/** Tells which of some scopes an alert belongs to, and remembers it as long as its subject is there and its labels are the same. */
export class Scopes {
  readonly #tests: ((alert: ScopedAlert) => boolean)[];
  readonly #found = new WeakMap<StoredAlert['subject'], FoundScopes>();
  readonly #lists = new Map<string, readonly number[]>();

  constructor(scopes: readonly SubjectScope[]) {
    this.#tests = scopes.map(testOf);
  }

  /** One more, behind the others: what is known of these stays known. Tells its place. */
  add(scope: SubjectScope): number {
    return this.#tests.push(testOf(scope)) - 1;
  }

  /** Places of the scopes that it belongs to, in their order; the very same list for all that belong to the same. */
  placesOf(alert: ScopedAlert): readonly number[] {
    const { subject, labels } = alert;
    const known = this.#found.get(subject);
    const { count, places } = known?.labels === labels ? (known ?? NOTHING_FOUND) : NOTHING_FOUND;
    if (count === this.#tests.length) return places;
    const found = [...places];
    for (const [index, holds] of this.#tests.slice(count).entries()) {
      if (holds(alert)) found.push(count + index);
    }
    const list = this.#lists.get(found.join()) ?? found;
    this.#lists.set(list.join(), list);
    this.#found.set(subject, { count: this.#tests.length, labels, places: list });
    return list;
  }
}

const NOTHING_FOUND: FoundScopes = { count: 0, labels: undefined, places: [] };
const NO_LABELS: ServerLabels = {};

function testOf({
  servers,
  labels = null,
  match,
  hasServers = false,
}: SubjectScope): (alert: ScopedAlert) => boolean {
  const ids = servers && new Set(servers);
  const matches = match === null ? null : streamGlob(match);
  return ({ subject, labels: own = NO_LABELS }) => {
    if (ids !== null && (subject.kind === 'host' || !ids.has(subject.server))) return false;
    if (labels !== null && (subject.kind === 'host' || !hasAllLabels(own, labels))) return false;
    if (matches === null || (hasServers && subject.kind === 'server')) return true;
    return subject.kind === 'stream' && matches(subject.stream);
  };
}
