import type { PathAnswers, PathFact, PollResult } from '../facts.ts';
import { ListAsker } from './list-asker.ts';
import { PathAsker } from './path-asker.ts';
import { AuthProbe } from './auth-probe.ts';
import { Budget, TICK_LIMITS } from './budget.ts';
import { overBudgetFailure } from './failures.ts';
import { createListReader } from './read-list.ts';
import { createRequest, type ApiCredentials, kindOf } from './request.ts';
import type { Trust } from './trust.ts';
import { LIST_NAMES, type ListName, type ListOutcome } from '../protocols/index.ts';

export { ListAsker } from './list-asker.ts';
export { Budget, type BudgetLimits } from './budget.ts';
export { createListReader } from './read-list.ts';
export { createRequest, type ApiCredentials, kindOf } from './request.ts';
export { SYSTEM_TRUST, type Trust } from './trust.ts';

export interface PollerOptions {
  /** Base address of MediaMTX's API, without user and password. */
  readonly url: string;
  readonly credentials: ApiCredentials | null;
  /** Which certificate is believed; unless given, one that the system knows. */
  readonly trust?: Trust;
  /** Whether this process runs in a container, where localhost is the container itself. */
  readonly inContainer: boolean;
  readonly intervalMs: number;
  readonly monotonicMs: () => number;
  /** Makes of each item of a list what is kept of it, as soon as it comes. */
  readonly readItem: (list: string, item: unknown) => unknown;
  /** Whether no poll follows. Then it waits for the finding about the credentials (up to 6 s) instead of telling it later. */
  readonly isOnlyPoll: boolean;
}

/** Part of the interval that a list may take. */
const TIMEOUT_SHARE = 0.75;
/** Part of the interval that all questions about single paths may take, and the part of it by which they have to end. */
const PATHS_SHARE = 0.25;
const PATHS_END_SHARE = 0.85;

/** Asks one server, tick by tick. No method ever rejects. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #probe: AuthProbe;
  readonly #lists: ListAsker<ListName>;
  readonly #paths: PathAsker;
  #budget = new Budget(TICK_LIMITS);
  #startMs: number;

  constructor(options: PollerOptions) {
    this.#options = options;
    const { url, credentials, inContainer, intervalMs, monotonicMs, readItem } = options;
    const server = { url, credentials: kindOf(credentials), inContainer };
    const request = createRequest(url, credentials, monotonicMs, options.trust);
    const timeoutMs = intervalMs * TIMEOUT_SHARE;
    const readList = createListReader({ server, request, timeoutMs, readItem });
    this.#probe = new AuthProbe(server, request, monotonicMs);
    this.#lists = new ListAsker<ListName>({
      lists: LIST_NAMES,
      readList: async (...question) => this.#explainTimeout(await readList(...question)),
      url,
      monotonicMs,
      timeoutMs,
      roundMs: intervalMs,
      asksAll: false,
    });
    this.#paths = new PathAsker(request, monotonicMs);
    this.#startMs = monotonicMs();
  }

  /** Asks for the lists that may have something in them, which begins a tick; the first time for all. */
  async askLists(): Promise<PollResult> {
    const { url, monotonicMs } = this.#options;
    this.#budget = new Budget(TICK_LIMITS);
    this.#startMs = monotonicMs();
    const outcomes = await this.#lists.ask(this.#budget);
    const { exceeded } = this.#budget;
    // What stands in a list is what was made of its items.
    if (exceeded === null) return outcomes as PollResult;
    // Of a server that sends so much nothing is believed. The object has all lists.
    return Object.fromEntries(
      LIST_NAMES.map((list) => [list, overBudgetFailure(url, exceeded)]),
    ) as PollResult;
  }

  /**
   * Asks what is due now about single paths, as they were listed in this tick; `null` = they weren't. It takes a quarter
   * of the interval at most, and of the tick's budget what the lists have left.
   */
  async askPaths(listed: readonly PathFact[] | null): Promise<PathAnswers> {
    const { intervalMs, monotonicMs } = this.#options;
    const leftMs = this.#startMs + intervalMs * PATHS_END_SHARE - monotonicMs();
    if (listed === null || leftMs <= 0) return this.#paths.known;
    const timeoutMs = Math.min(leftMs, intervalMs * PATHS_SHARE);
    return this.#paths.ask(listed, this.#lists.server, this.#budget, timeoutMs);
  }

  async #explainTimeout(outcome: ListOutcome): Promise<ListOutcome> {
    const { credentials, isOnlyPoll } = this.#options;
    if (outcome.kind === 'items') this.#probe.clear();
    if (credentials === null || outcome.kind !== 'failed' || outcome.status !== 'timeout') return outcome;
    const finding = this.#probe.start();
    if (isOnlyPoll) await finding;
    return this.#probe.finding ?? outcome;
  }
}
