import { asFields, asText } from '../fields.ts';
import { type ListFailure, type ListName, type ListOutcome, listOfType } from '../protocols/index.ts';
import type { Budget } from './budget.ts';
import { failed } from './failures.ts';
import type { ReadList } from './read-list.ts';
import { isFrom, type Naming, namingsOf, RENAMED_IN, routeOf } from './routes.ts';

export interface ListAskerOptions<List extends string> {
  /** What to ask for: `paths` and `info` have to be among them. */
  readonly lists: readonly List[];
  readonly readList: ReadList;
  /** Address of the server, for what is said of it. */
  readonly url: string;
  readonly monotonicMs: () => number;
  /** Time a round may take. */
  readonly roundMs: number;
}

/** The server that answers, as far as what can be asked of it depends on that. */
export interface ServerRun {
  /** As it says it itself (`/v3/info`); `null` where it doesn't. */
  readonly version: string | null;
  /** By which names it is asked first. */
  readonly naming: Naming;
  /** Another number once it was restarted, or may have been. */
  readonly run: number;
}

/** A list that is off is asked for again after this long: its protocol may have been switched on. */
const ASK_AGAIN_MS = 60_000;
/** Part of a round that is left for asking again, however long the first answers took. */
const LEAST_SHARE = 0.25;

const OFF: ListOutcome = { kind: 'off' };

/** What became of one list so far in a round. */
interface ListAttempt<List> {
  readonly list: List;
  readonly outcome: ListOutcome;
  /** By which name it was asked for last; `null` = not at all, since it was off lately. */
  readonly name: Naming | null;
}

/**
 * Asks one server for all lists, round by round, by the names that its version knows, and remembers which lists are off.
 * By a 404 a list that is switched off, one that is called otherwise and one that something keeps back look the same: so
 * the other name is tried where the server may know it, and the path list is looked at, which names all connections.
 */
export class ListAsker<List extends string> {
  readonly #options: ListAskerOptions<List>;
  /** When each list that is off was found to be so. */
  readonly #offSinceMs = new Map<List, number>();
  /** Lists that have answered by another name than the one to try first. */
  readonly #exceptions = new Map<List, Naming>();
  /** For a server whose version says nothing of names. */
  #fallback: Naming = 'old';
  #version: string | null = null;
  #started: string | null = null;
  #run = 0;

  constructor(options: ListAskerOptions<List>) {
    this.#options = options;
  }

  /** What the rounds so far have shown. */
  get server(): ServerRun {
    return { version: this.#version, naming: this.#naming, run: this.#run };
  }

  /** Asks for all lists at the same time; never rejects. */
  async ask(budget: Budget): Promise<Record<List, ListOutcome>> {
    const { lists, url, monotonicMs, roundMs } = this.#options;
    const startMs = monotonicMs();
    const first = await Promise.all(lists.map((list) => this.#askFirst(list, budget, startMs)));
    const outcomeOf = (name: string): ListOutcome => first.find(({ list }) => list === name)?.outcome ?? OFF;
    this.#learn(outcomeOf('info'));
    const named: ReadonlySet<string> = listsNamedBy(outcomeOf('paths'));
    const namingBefore = this.#naming;
    const leftMs = Math.max(startMs + roundMs - monotonicMs(), roundMs * LEAST_SHARE);
    const attempts = await Promise.all(
      first.map((attempt) => this.#askAgain(attempt, named.has(attempt.list), budget, leftMs)),
    );

    const judged = attempts.map(({ list, outcome, name }): readonly [List, ListOutcome] => {
      if (outcome.kind !== 'off') {
        this.#offSinceMs.delete(list);
        return [list, outcome];
      }
      if (name !== null && this.#naming === namingBefore) this.#offSinceMs.set(list, startMs);
      // At first sight, too: taken for off, its connections and what is wrong with them would be forgotten at once.
      return [list, named.has(list) ? contradictionFailure(url, list, this.#namesOf(list)) : outcome];
    });
    if (outcomeOf('paths').kind === 'failed') this.#forget();
    // Every list is asked for, so the object has all of them.
    return Object.fromEntries(judged) as Record<List, ListOutcome>;
  }

  get #naming(): Naming {
    return isFrom(this.#version, RENAMED_IN) === true ? 'new' : this.#fallback;
  }

  #namesOf(list: List): readonly Naming[] {
    return namingsOf(list, this.#exceptions.get(list) ?? this.#naming);
  }

  /** The server that comes may be of another version, or have other protocols switched on. */
  #forget(): void {
    this.#offSinceMs.clear();
    this.#exceptions.clear();
    this.#fallback = 'old';
    this.#run += 1;
  }

  #learn(info: ListOutcome): void {
    const fields = info.kind === 'items' ? asFields(info.items[0]) : null;
    if (fields === null) return;
    const started = asText(fields['started']);
    if (this.#started !== null && started !== null && started !== this.#started) this.#forget();
    this.#started = started ?? this.#started;
    this.#version = asText(fields['version'])?.trim() ?? null;
  }

  async #askFirst(list: List, budget: Budget, nowMs: number): Promise<ListAttempt<List>> {
    const sinceMs = this.#offSinceMs.get(list);
    if (sinceMs !== undefined && nowMs - sinceMs < ASK_AGAIN_MS) return { list, outcome: OFF, name: null };
    const [name = 'old'] = this.#namesOf(list);
    return { list, outcome: await this.#options.readList(list, budget, { naming: name }), name };
  }

  async #askAgain(attempt: ListAttempt<List>, isNamed: boolean, budget: Budget, leftMs: number) {
    if (attempt.outcome.kind !== 'off') return attempt;
    const { list } = attempt;
    let last = attempt;
    for (const naming of this.#namesToTry(attempt, isNamed)) {
      const outcome = await this.#options.readList(list, budget, { naming, totalTimeoutMs: leftMs });
      last = { list, outcome, name: naming };
      if (outcome.kind === 'items') this.#remember(list, naming);
      if (outcome.kind !== 'off') break;
    }
    return last;
  }

  /** The names by which a list that seems off should be asked for at once. */
  #namesToTry({ list, name }: ListAttempt<List>, isNamed: boolean): readonly Naming[] {
    const names = this.#namesOf(list);
    const known = isNamed || this.#naming === 'new' ? names : names.slice(0, 1);
    const isLeftAlone = name === null && this.#offSinceMs.has(list);
    return isLeftAlone && !isNamed ? [] : known.filter((each) => each !== name);
  }

  /** A list has answered by this name, after it hadn't by the first one to try. */
  #remember(list: List, name: Naming): void {
    if (name === this.#naming) return;
    if (name === 'old') {
      this.#exceptions.set(list, name);
      return;
    }
    // Names are of the server: what seems off may be there by them, which the next round shows.
    this.#fallback = name;
    this.#offSinceMs.clear();
  }
}

/** The lists that must be there, since the path list names one of their connections. */
export function listsNamedBy(paths: ListOutcome): ReadonlySet<ListName> {
  const types = new Set<unknown>();
  for (const item of paths.kind === 'items' ? paths.items : []) {
    const { source, readers } = asFields(item) ?? {};
    types.add(asFields(source)?.['type']);
    if (Array.isArray(readers)) for (const reader of readers) types.add(asFields(reader)?.['type']);
  }
  const lists = new Set<ListName>();
  for (const type of types) {
    const list = typeof type === 'string' ? listOfType(type) : null;
    if (list !== null) lists.add(list);
  }
  return lists;
}

/** The failure of a list that answers "not there" while the path list names one of its connections. */
export function contradictionFailure(url: string, list: string, namings: readonly Naming[]): ListFailure {
  const routes = namings.map((naming) => `/v3/${routeOf(list, naming)}/list`).join(' and ');
  const error =
    `${url} answered 404 for ${routes}, though its path list names such connections. ` +
    'Either something between here and MediaMTX keeps them back, or this MediaMTX has another name for them.';
  return failed('error', 'list-hidden', { url, routes }, error);
}
