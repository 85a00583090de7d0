import { asFields, asText } from '../fields.ts';
import type { ListOutcome } from '../protocols/index.ts';
import type { Budget } from './budget.ts';
import { contradictionFailure, listsNamedBy } from './contradictions.ts';
import type { ReadList } from './read-list.ts';
import { isFrom, type Naming, namingsOf, RENAMED_IN } from './routes.ts';

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

/** Asks one server for all lists, round by round. */
export interface ListAsker<List extends string> {
  /** Asks for all lists at the same time; never rejects. */
  readonly ask: (budget: Budget) => Promise<Record<List, ListOutcome>>;
  /** What the rounds so far have shown. */
  readonly server: () => ServerRun;
}

/** A list that is off is asked for again after this long: its protocol may have been switched on. */
const ASK_AGAIN_MS = 60_000;
/** Part of a round that is left for asking again, however long the first answers took. */
const LEAST_SHARE = 0.25;

const OFF: ListOutcome = { kind: 'off' };

/** What became of one list so far in a round. */
interface Attempt<List> {
  readonly list: List;
  readonly outcome: ListOutcome;
  /** By which name it was asked for last; `null` = not at all, since it was off lately. */
  readonly name: Naming | null;
}

/**
 * Makes what asks for lists by the names that the server's version knows, and remembers which lists are off. By a 404 a
 * list that is switched off, one that is called otherwise and one that something keeps back look the same: so the other
 * name is tried where the server may know it, and the path list is looked at, which names all connections.
 */
export function createListAsker<List extends string>(options: ListAskerOptions<List>): ListAsker<List> {
  const { lists, readList, url, monotonicMs, roundMs } = options;
  /** When each list that is off was found to be so. */
  const offSinceMs = new Map<List, number>();
  /** Lists that have answered by another name than the one to try first. */
  const exceptions = new Map<List, Naming>();
  /** For a server whose version says nothing of names. */
  let fallback: Naming = 'old';
  let version: string | null = null;
  let started: string | null = null;
  let run = 0;

  const naming = (): Naming => (isFrom(version, RENAMED_IN) === true ? 'new' : fallback);
  const namesOf = (list: List): readonly Naming[] => namingsOf(list, exceptions.get(list) ?? naming());

  /** The server that comes may be of another version, or have other protocols switched on. */
  function forget(): void {
    offSinceMs.clear();
    exceptions.clear();
    fallback = 'old';
    run += 1;
  }

  function learn(info: ListOutcome): void {
    const fields = info.kind === 'items' ? asFields(info.items[0]) : null;
    if (fields === null) return;
    const startedNow = asText(fields['started']);
    if (started !== null && startedNow !== null && startedNow !== started) forget();
    started = startedNow ?? started;
    version = asText(fields['version'])?.trim() ?? null;
  }

  async function askFirst(list: List, budget: Budget, nowMs: number): Promise<Attempt<List>> {
    const sinceMs = offSinceMs.get(list);
    if (sinceMs !== undefined && nowMs - sinceMs < ASK_AGAIN_MS) return { list, outcome: OFF, name: null };
    const [name = 'old'] = namesOf(list);
    return { list, outcome: await readList(list, budget, { naming: name }), name };
  }

  /** The names by which a list that seems off should be asked for at once. */
  function namesToTry({ list, name }: Attempt<List>, isNamed: boolean): readonly Naming[] {
    const names = namesOf(list);
    const known = isNamed || naming() === 'new' ? names : names.slice(0, 1);
    const isLeftAlone = name === null && offSinceMs.has(list);
    return isLeftAlone && !isNamed ? [] : known.filter((each) => each !== name);
  }

  /** A list has answered by this name, after it hadn't by the first one to try. */
  function remember(list: List, name: Naming): void {
    if (name === naming()) return;
    if (name === 'old') {
      exceptions.set(list, name);
      return;
    }
    // Names are of the server: what seems off may be there by them, which the next round shows.
    fallback = name;
    offSinceMs.clear();
  }

  async function askAgain(attempt: Attempt<List>, isNamed: boolean, budget: Budget, leftMs: number) {
    if (attempt.outcome.kind !== 'off') return attempt;
    let last = attempt;
    for (const name of namesToTry(attempt, isNamed)) {
      const outcome = await readList(attempt.list, budget, { naming: name, totalTimeoutMs: leftMs });
      last = { ...attempt, outcome, name };
      if (outcome.kind === 'items') remember(attempt.list, name);
      if (outcome.kind !== 'off') break;
    }
    return last;
  }

  return {
    server: () => ({ version, naming: naming(), run }),
    ask: async (budget) => {
      const startMs = monotonicMs();
      const first = await Promise.all(lists.map((list) => askFirst(list, budget, startMs)));
      const outcomeOf = (name: string): ListOutcome =>
        first.find(({ list }) => list === name)?.outcome ?? OFF;
      learn(outcomeOf('info'));
      const named: ReadonlySet<string> = listsNamedBy(outcomeOf('paths'));
      const namingBefore = naming();
      const leftMs = Math.max(startMs + roundMs - monotonicMs(), roundMs * LEAST_SHARE);
      const attempts = await Promise.all(
        first.map((attempt) => askAgain(attempt, named.has(attempt.list), budget, leftMs)),
      );

      const judged = attempts.map(({ list, outcome, name }): readonly [List, ListOutcome] => {
        if (outcome.kind !== 'off') {
          offSinceMs.delete(list);
          return [list, outcome];
        }
        if (name !== null && naming() === namingBefore) offSinceMs.set(list, startMs);
        // At first sight, too: taken for off, its connections and what is wrong with them would be forgotten at once.
        return [list, named.has(list) ? contradictionFailure(url, list, namesOf(list)) : outcome];
      });
      if (outcomeOf('paths').kind === 'failed') forget();
      // Every list is asked for, so the object has all of them.
      return Object.fromEntries(judged) as Record<List, ListOutcome>;
    },
  };
}
