import { type PathAnswers, type PathFact } from '../facts.ts';
import { createListAsker } from './ask-lists.ts';
import { createPathAsker } from './ask-paths.ts';
import { createAuthProbe } from './auth-probe.ts';
import { type Budget, createBudget, TICK_LIMITS } from './budget.ts';
import { type Credentials, kindOf } from './credentials.ts';
import { overBudgetFailure } from './failures.ts';
import { createListReader, type ReadList } from './read-list.ts';
import { createRequest } from './request.ts';
import type { Trust } from './trust.ts';
import { LIST_NAMES, type ListName, type ListOutcome, type PollResult } from '../protocols/index.ts';

export { createListAsker } from './ask-lists.ts';
export { type BudgetLimits, createBudget } from './budget.ts';
export { type Credentials, kindOf } from './credentials.ts';
export { createListReader } from './read-list.ts';
export { createRequest } from './request.ts';
export { SYSTEM_TRUST, type Trust } from './trust.ts';

export interface PollerOptions {
  /** Base address of MediaMTX's API, without user and password. */
  readonly url: string;
  readonly credentials: Credentials | null;
  /** Which certificate is believed; unless given, one that the system knows. */
  readonly trust?: Trust;
  /** Whether this process runs in a container, where localhost is the container itself. */
  readonly inContainer: boolean;
  readonly intervalMs: number;
  readonly monotonicMs: () => number;
  /** Whether no poll follows. Then it waits for the finding about the credentials (up to 6 s) instead of telling it later. */
  readonly isOnlyPoll: boolean;
}

/** Asks one server, tick by tick. Neither function ever rejects. */
export interface Poller {
  /** Asks for all lists at the same time, which begins a tick. */
  readonly askLists: () => Promise<PollResult>;
  /**
   * Asks what is due now about single paths, as they were listed in this tick; `null` = they weren't. It takes a quarter
   * of the interval at most, and of the tick's budget what the lists have left.
   */
  readonly askPaths: (paths: readonly PathFact[] | null) => Promise<PathAnswers>;
}

/** Part of the interval that one request may take. */
const TIMEOUT_SHARE = 0.75;
/** Part of the interval that all questions about single paths may take, and the part of it by which they have to end. */
const PATHS_SHARE = 0.25;
const PATHS_END_SHARE = 0.85;

/** Makes what asks one server. */
export function createPoller(options: PollerOptions): Poller {
  const { url, credentials, inContainer, intervalMs, monotonicMs, isOnlyPoll } = options;
  const server = { url, credentials: kindOf(credentials), inContainer };
  const request = createRequest(url, credentials, monotonicMs, options.trust);
  const readList = createListReader({
    server,
    request,
    timeoutMs: intervalMs * TIMEOUT_SHARE,
    totalTimeoutMs: intervalMs,
  });
  const probe = createAuthProbe(server, request, monotonicMs);

  async function explainTimeout(outcome: ListOutcome): Promise<ListOutcome> {
    if (outcome.kind === 'items') probe.clear();
    if (credentials === null || outcome.kind !== 'failed' || outcome.status !== 'timeout') return outcome;
    const finding = probe.start();
    if (isOnlyPoll) await finding;
    return probe.verdict() ?? outcome;
  }

  const readExplained: ReadList = async (...question) => explainTimeout(await readList(...question));
  const lists = createListAsker<ListName>({
    lists: LIST_NAMES,
    readList: readExplained,
    url,
    monotonicMs,
    roundMs: intervalMs,
  });
  const paths = createPathAsker(request, monotonicMs);
  let budget: Budget = createBudget(TICK_LIMITS);
  let startMs = monotonicMs();

  return {
    askLists: async () => {
      budget = createBudget(TICK_LIMITS);
      startMs = monotonicMs();
      const outcomes = await lists.ask(budget);
      const exceeded = budget.exceeded();
      if (exceeded === null) return outcomes;
      // Of a server that sends so much nothing is believed. Every list is asked, so the object has all of them.
      return Object.fromEntries(
        LIST_NAMES.map((list) => [list, overBudgetFailure(url, exceeded)]),
      ) as PollResult;
    },
    askPaths: async (listed) => {
      const leftMs = startMs + intervalMs * PATHS_END_SHARE - monotonicMs();
      if (listed === null || leftMs <= 0) return paths.known();
      return paths.ask(listed, lists.server(), budget, Math.min(leftMs, intervalMs * PATHS_SHARE));
    },
  };
}
