import { leadingList } from '../protocols/index.ts';

/**
 * How a list was answered when it was asked last: with something in it (`busy`) or nothing (`quiet`), not there (`off`),
 * not at all (`failed`). One that goes with another is `quiet` too when it has told all that it can of what stands there.
 */
export type ListState = 'busy' | 'quiet' | 'off' | 'failed';

/** What is known of lists between two ticks; of one that isn't in it, nothing. */
export type KnownLists = ReadonlyMap<string, KnownList>;

interface KnownList {
  readonly state: ListState;
  /** Monotonic time from which on it is asked though nothing calls for it; of most of those that are, -Infinity. */
  readonly turnMs: number;
}

/** A connection without a stream isn't named by the path list: within this time each quiet list has its turn. */
const QUIET_MS = 10_000;
/** The same of a list that is off, which may have been switched on, and of what the server says of itself. */
const SELDOM_MS = 60_000;
/** Turns are so much of an interval before a tick, so that one that comes a little early isn't too early. */
const BEFORE_TICK = 0.5;

/**
 * The lists to ask: those that may have something in them, and those whose turn it is. A list that goes with another is
 * asked where that one may have something in it of which it has not told all yet, and has no turn of its own while that one
 * is there. Pure.
 * @param named lists that the path list names; `null` = it doesn't tell, so that any may have something in it
 */
export function dueLists<List extends string>(
  lists: readonly List[],
  known: KnownLists,
  named: ReadonlySet<string> | null,
  nowMs: number,
): List[] {
  const mayHaveItems = (list: string): boolean =>
    named === null || named.has(list) || known.get(list)?.state !== 'quiet';
  return lists.filter((list) => {
    const { state = 'failed', turnMs = -Infinity } = known.get(list) ?? {};
    if (state === 'failed') return true;
    const leader = leaderOf(list, known);
    if (leader !== null) return mayHaveItems(leader) && mayHaveItems(list);
    return nowMs >= turnMs || (state !== 'off' && mayHaveItems(list));
  });
}

/** The list that this one goes with; `null` = none, or it is off. */
function leaderOf(list: string, known: KnownLists): string | null {
  const leader = leadingList(list);
  return leader === null || known.get(leader)?.state === 'off' ? null : leader;
}

/**
 * What is known after lists were asked. The turns of those that need one are spread over the ticks to come: each is in the
 * latest of those with the fewest turns. After a failure what the server says of itself is due in the next tick. Pure.
 */
export function nextKnown(
  known: KnownLists,
  answered: ReadonlyMap<string, ListState>,
  intervalMs: number,
  nowMs: number,
): KnownLists {
  const next = new Map(known);
  for (const [list, state] of answered) next.set(list, { state, turnMs: -Infinity });
  for (const [list, state] of answered) {
    if ((state !== 'off' && state !== 'quiet') || leaderOf(list, next) !== null) continue;
    const withinMs = state === 'off' || list === 'info' ? SELDOM_MS : QUIET_MS;
    next.set(list, { state, turnMs: freeTurnMs(next, withinMs, intervalMs, nowMs) });
  }
  if ([...answered.values()].includes('failed') && next.get('info')?.state === 'quiet') {
    next.set('info', { state: 'quiet', turnMs: nowMs + BEFORE_TICK * intervalMs });
  }
  return next;
}

function freeTurnMs(known: KnownLists, withinMs: number, intervalMs: number, nowMs: number): number {
  const turns = Array.from({ length: Math.max(1, Math.floor(withinMs / intervalMs)) }, () => 0);
  for (const { turnMs } of known.values()) {
    const index = Math.ceil((turnMs - nowMs) / intervalMs) - 1;
    const others = turns[index];
    if (others !== undefined) turns[index] = others + 1;
  }
  const tick = turns.lastIndexOf(Math.min(...turns)) + 1;
  return nowMs + (tick - BEFORE_TICK) * intervalMs;
}
