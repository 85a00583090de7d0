import { LIST_NAMES, type ListName, type ListOutcome, type PollResult } from '../facts.ts';
import { createAuthProbe } from './auth-probe.ts';
import { type Budget, createBudget, TICK_LIMITS } from './budget.ts';
import { type Credentials, kindOf } from './credentials.ts';
import { overBudgetFailure } from './failures.ts';
import { createListReader } from './read-list.ts';
import { createRequest } from './request.ts';
import type { Trust } from './trust.ts';

export { type Budget, type BudgetLimits, createBudget } from './budget.ts';
export { type Credentials, kindOf } from './credentials.ts';
export { createListReader, type ReadList } from './read-list.ts';
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
  /** Whether a poll waits for the finding about the credentials (up to 6 s) instead of reporting it later. */
  readonly waitForAuthProbe: boolean;
}

/** Part of the interval that one request may take. */
const TIMEOUT_SHARE = 0.75;
/** A list that is off is asked for again after this long: its protocol may have been switched on. */
const ASK_AGAIN_MS = 60_000;

/** Makes the function that asks one server for all lists at the same time. It never rejects. */
export function createPoller(options: PollerOptions): () => Promise<PollResult> {
  const { url, credentials, inContainer, intervalMs, monotonicMs } = options;
  const server = { url, credentials: kindOf(credentials), inContainer };
  const request = createRequest(url, credentials, monotonicMs, options.trust);
  const readList = createListReader({
    server,
    request,
    timeoutMs: intervalMs * TIMEOUT_SHARE,
    totalTimeoutMs: intervalMs,
  });
  const probe = createAuthProbe(server, request, monotonicMs);
  /** When each list that is off was found to be so. */
  const offSinceMs = new Map<ListName, number>();

  async function askUnlessOff(list: ListName, budget: Budget): Promise<ListOutcome> {
    const sinceMs = offSinceMs.get(list);
    if (sinceMs !== undefined && monotonicMs() - sinceMs < ASK_AGAIN_MS) return { kind: 'off' };
    const outcome = await readList(list, budget);
    if (outcome.kind === 'off') offSinceMs.set(list, monotonicMs());
    else offSinceMs.delete(list);
    return outcome;
  }

  async function explainTimeout(outcome: ListOutcome): Promise<ListOutcome> {
    if (outcome.kind === 'items') probe.clear();
    if (credentials === null || outcome.kind !== 'failed' || outcome.status !== 'timeout') return outcome;
    const finding = probe.start();
    if (options.waitForAuthProbe) await finding;
    return probe.verdict() ?? outcome;
  }

  return async () => {
    const budget = createBudget(TICK_LIMITS);
    const outcomes = await Promise.all(
      LIST_NAMES.map(async (list) => [list, await explainTimeout(await askUnlessOff(list, budget))] as const),
    );
    const exceeded = budget.exceeded();
    // Of a server that sends so much nothing is believed. Every list is asked, so the object has all of them.
    const result = Object.fromEntries(
      exceeded === null ? outcomes : LIST_NAMES.map((list) => [list, overBudgetFailure(url, exceeded)]),
    ) as PollResult;
    // A server that comes back may be another version, or have other protocols switched on.
    if (result.paths.kind === 'failed') offSinceMs.clear();
    return result;
  };
}
