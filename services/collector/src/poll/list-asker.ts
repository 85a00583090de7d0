import { asFields } from '../fields.ts';
import {
  leadingList,
  type ListFailure,
  type ListName,
  type ListOutcome,
  listOfType,
  tellsAll,
} from '../protocols/index.ts';
import type { Budget } from './budget.ts';
import { Deadline } from './deadline.ts';
import { dueLists, type KnownLists, type ListState, nextKnown } from './due-lists.ts';
import { failed } from './failures.ts';
import { ListNames, type ServerRun } from './list-names.ts';
import type { ReadList, ReadListOptions } from './read-list.ts';
import { type Naming, routeOf } from './routes.ts';

export interface ListAskerOptions<List extends string> {
  /** What to ask for: `paths` and `info` have to be among them. */
  readonly lists: readonly List[];
  readonly readList: ReadList;
  /** Address of the server, for what is said of it. */
  readonly url: string;
  readonly monotonicMs: () => number;
  /** Time a list may take. */
  readonly timeoutMs: number;
  /** Time a round may take. */
  readonly roundMs: number;
  /** Whether each round asks for every list that isn't off, and not only for those that may have something in them. */
  readonly asksAll: boolean;
}

/** Part of a round that is left for what isn't asked first, however long the first answers took. */
const LEAST_SHARE = 0.25;
/** Part of a round after which a path list that failed has cost too much time to ask for all others. */
const LATE_SHARE = 0.5;

const OFF: ListOutcome = { kind: 'off' };

/** What became of one list so far in a round. */
interface ListAttempt {
  readonly outcome: ListOutcome;
  /** By which name it was asked for last; `null` = not at all. */
  readonly name: Naming | null;
}

/**
 * Asks one server for its lists, round by round: those that may have something in them, by the names that its version
 * knows. By a 404 a list that is switched off, one that is called otherwise and one that something keeps back look the
 * same: so the other name is tried where the server may know it, and the path list is looked at, which names all
 * connections.
 */
export class ListAsker<List extends string> {
  readonly #options: ListAskerOptions<List>;
  readonly #names = new ListNames();
  #known: KnownLists = new Map();
  /** Lists that the path list named last; `null` = it didn't tell. */
  #named: ReadonlySet<string> | null = null;
  /** The answers that stand for lists while these aren't asked. */
  readonly #standing = new Map<List, ListOutcome>();

  constructor(options: ListAskerOptions<List>) {
    this.#options = options;
  }

  /** What the rounds so far have shown. */
  get server(): ServerRun {
    return this.#names.server;
  }

  /** Asks for the lists that may have something in them; never rejects. One that isn't asked is as it was: empty, or off. */
  async ask(budget: Budget): Promise<Record<List, ListOutcome>> {
    const { lists, url, monotonicMs, roundMs } = this.#options;
    const startMs = monotonicMs();
    const leftMs = (): number => Math.max(startMs + roundMs - monotonicMs(), roundMs * LEAST_SHARE);
    const first = await this.#askDue(budget, startMs, leftMs);
    const named = this.#named ?? new Set();
    const namingBefore = this.server.naming;
    const deadline = new Deadline(leftMs());
    const attempts = await Promise.all(
      lists.map(async (list): Promise<readonly [List, ListAttempt]> => {
        const attempt = first.get(list) ?? { outcome: this.#standing.get(list) ?? OFF, name: null };
        return [list, await this.#askAgain(list, attempt, named.has(list), budget, deadline.signal)];
      }),
    );
    deadline.clear();

    const answered = new Map<List, ListOutcome>();
    const outcomes = attempts.map(([list, { outcome, name }]): readonly [List, ListOutcome] => {
      const isHidden = outcome.kind === 'off' && named.has(list);
      // At first sight, too: taken for off, its connections and what is wrong with them would be forgotten at once.
      const judged = isHidden ? contradictionFailure(url, list, this.#names.of(list)) : outcome;
      if (name !== null) answered.set(list, judged);
      return [list, judged];
    });
    for (const [list, outcome] of answered) this.#keep(list, outcome);
    this.#known = nextKnown(this.#known, this.#statesOf(answered), roundMs, startMs);
    if (this.server.naming !== namingBefore) {
      // What seems off may be there by the other names, which the next round shows.
      this.#known = kept(this.#known, (_list, state) => state !== 'off');
    }
    if (this.#named === null) this.#forget();
    // Every list has its outcome, so the object has all of them.
    return Object.fromEntries(outcomes) as Record<List, ListOutcome>;
  }

  /** The server that comes may be of another version, or have other protocols switched on. */
  #forget(): void {
    this.#names.forget();
    this.#known = new Map();
  }

  /**
   * Asks for what is due, path list and version among it, at the same time; then for what these call for, and for what goes
   * with a list that turned out to have something in it. A path list that fails calls for all, unless it took too long.
   */
  async #askDue(budget: Budget, startMs: number, leftMs: () => number): Promise<Map<List, ListAttempt>> {
    const { lists, monotonicMs, timeoutMs, roundMs, asksAll } = this.#options;
    const attempts = new Map<List, ListAttempt>();
    const types = new Set<string>();
    const onItem = (path: unknown): void => {
      addTypesIn(path, types);
    };
    for (;;) {
      const due = dueLists(lists, this.#known, asksAll ? null : this.#named, startMs).filter(
        (list) => !attempts.has(list),
      );
      if (due.length === 0) return attempts;
      const deadline = new Deadline(Math.min(timeoutMs, leftMs()));
      const asked = await Promise.all(
        due.map(async (list): Promise<[List, ListAttempt]> => [
          list,
          await this.#ask(list, budget, deadline.signal, list === 'paths' ? { onItem } : {}),
        ]),
      );
      deadline.clear();
      for (const [list, attempt] of asked) attempts.set(list, attempt);
      const outcomes = new Map(asked.map(([list, { outcome }]) => [list, outcome]));
      this.#known = nextKnown(this.#known, this.#statesOf(outcomes), roundMs, startMs);
      const { paths, info } = Object.fromEntries<ListOutcome | undefined>(outcomes);
      if (info !== undefined && this.#names.learn(info)) this.#known = new Map();
      if (asked.some(([, { outcome }]) => outcome.kind === 'items' && outcome.isNewConnection === true))
        this.#known = kept(this.#known, (list) => list !== 'info');
      if (paths === undefined) continue;
      this.#named = paths.kind === 'items' ? listsOfTypes(types) : null;
      if (paths.kind !== 'items' && monotonicMs() - startMs > roundMs * LATE_SHARE) return attempts;
    }
  }

  async #ask(
    list: List,
    budget: Budget,
    signal: AbortSignal,
    options: ReadListOptions,
  ): Promise<ListAttempt> {
    const [naming = 'old'] = this.#names.of(list);
    const outcome = await this.#options.readList(list, budget, signal, { ...options, naming });
    return { outcome, name: naming };
  }

  async #askAgain(
    list: List,
    attempt: ListAttempt,
    isNamed: boolean,
    budget: Budget,
    signal: AbortSignal,
  ): Promise<ListAttempt> {
    if (attempt.outcome.kind !== 'off') return attempt;
    let last = attempt;
    for (const naming of this.#namesToTry(list, attempt, isNamed)) {
      const outcome = await this.#options.readList(list, budget, signal, { naming });
      last = { outcome, name: naming };
      if (outcome.kind === 'items') this.#names.remember(list, naming);
      if (outcome.kind !== 'off') break;
    }
    return last;
  }

  /** The names by which a list that seems off should be asked for at once. */
  #namesToTry(list: List, { name }: ListAttempt, isNamed: boolean): readonly Naming[] {
    if (name === null && !isNamed) return [];
    const names = this.#names.of(list);
    const known = isNamed || this.server.naming === 'new' ? names : names.slice(0, 1);
    return known.filter((each) => each !== name);
  }

  /**
   * What answers say of their lists, and of those that go with them: these have more to tell where something new stands
   * there, and nothing while the list that they go with tells all.
   */
  #statesOf(answered: ReadonlyMap<List, ListOutcome>): Map<List, ListState> {
    const states = new Map<List, ListState>();
    for (const list of this.#options.lists) {
      const outcome = answered.get(list);
      if (outcome !== undefined) states.set(list, stateOf(list, outcome));
      const leading = this.#options.lists.find((other) => other === leadingList(list));
      const standing = outcome ?? this.#standing.get(list);
      const led = leading && (answered.get(leading) ?? this.#standing.get(leading));
      if (standing?.kind === 'items' && led?.kind === 'items')
        states.set(list, tellsAll(list, standing.items, led.items) ? 'quiet' : 'busy');
    }
    return states;
  }

  /**
   * Keeps an answer that stands while the list isn't asked; only one of now says whether it is a simulator's. What is asked
   * no more since it has told all stands as it is; anything else that had something in it is asked again.
   */
  #keep(list: List, outcome: ListOutcome): void {
    if (outcome.kind !== 'items') this.#standing.delete(list);
    else {
      const isAskedAgain = leadingList(list) === null && stateOf(list, outcome) === 'busy';
      const items = isAskedAgain ? [] : outcome.items;
      this.#standing.set(list, { ...outcome, items, simulated: false });
    }
  }
}

/** How a list was answered. The path list counts as one with something in it: it is asked each time. */
function stateOf(list: string, outcome: ListOutcome): ListState {
  if (outcome.kind !== 'items') return outcome.kind;
  return list === 'paths' || (outcome.items.length > 0 && list !== 'info') ? 'busy' : 'quiet';
}

function kept(known: KnownLists, isKept: (list: string, state: ListState) => boolean): KnownLists {
  return new Map([...known].filter(([list, { state }]) => isKept(list, state)));
}

/** Adds how an item of the path list calls its source and its readers. */
export function addTypesIn(path: unknown, types: Set<string>): void {
  const { source, readers } = asFields(path) ?? {};
  const clients: readonly unknown[] = Array.isArray(readers) ? [source, ...(readers as unknown[])] : [source];
  for (const client of clients) {
    const type = asFields(client)?.['type'];
    if (typeof type === 'string') types.add(type);
  }
}

/** The lists that have the connections of these types. */
export function listsOfTypes(types: ReadonlySet<string>): ReadonlySet<ListName> {
  return new Set([...types].flatMap((type) => listOfType(type) ?? []));
}

/** The failure of a list that answers "not there" while the path list names one of its connections. */
export function contradictionFailure(url: string, list: string, namings: readonly Naming[]): ListFailure {
  const routes = namings.map((naming) => `/v3/${routeOf(list, naming)}/list`).join(' and ');
  const error =
    `${url} answered 404 for ${routes}, though its path list names such connections. ` +
    'Either something between here and MediaMTX keeps them back, or this MediaMTX has another name for them.';
  return failed('error', 'list-hidden', { url, routes }, error);
}
