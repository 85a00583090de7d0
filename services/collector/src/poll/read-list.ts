import { setTimeout as delay } from 'node:timers/promises';
import { errorText, systemCode } from '@mediamtx-monitor/runtime';
import type { ListOutcome } from '../protocols/index.ts';
import type { AskedServer } from './advice.ts';
import { type Budget, OverBudgetError } from './budget.ts';
import {
  connectionFailure,
  invalidFailure,
  isRefusal,
  overBudgetFailure,
  statusFailure,
  timeoutFailure,
  unauthorizedFailure,
} from './failures.ts';
import { InvalidAnswerError } from './invalid-answer.ts';
import { ListBodyReader, type ListBody, type Spend } from './list-body.ts';
import { parseInfo, parseListPage } from './list-page.ts';
import type { ApiAnswer, Request } from './request.ts';
import { type Naming, routeOf } from './routes.ts';

/** The largest `itemsPerPage` MediaMTX takes: one page costs it one walk over the list and is atomic. */
const ITEMS_PER_PAGE = 2_147_483_647;
const MAX_PAGES = 100;
/** A reload of its configuration closes MediaMTX's API for some milliseconds. */
const RETRY_DELAY_MS = 50;
const RETRIED_CODES: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

export interface ListReaderOptions {
  readonly server: AskedServer;
  readonly request: Request;
  /** Time a list may take, for what is said of one that took longer. */
  readonly timeoutMs: number;
  /** Makes of each item what is kept of it, as soon as it comes; all of it unless given. */
  readonly readItem?: (list: string, item: unknown) => unknown;
}

function pathOf(route: string, page: number): string {
  if (route === 'info') return '/v3/info';
  return `/v3/${route}/list?itemsPerPage=${ITEMS_PER_PAGE}${page === 0 ? '' : `&page=${page}`}`;
}

/** Asks, and once more where the connection broke; tells whether it did. */
async function twice<Result>(
  ask: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result & { readonly isBroken: boolean }> {
  try {
    return { ...(await ask()), isBroken: false };
  } catch (error) {
    if (signal.aborted || !RETRIED_CODES.has(systemCode(error))) throw error;
    await delay(RETRY_DELAY_MS, undefined, { signal });
    return { ...(await ask()), isBroken: true };
  }
}

/** How a list is read, where that isn't as usual. */
export interface ReadListOptions {
  /** By which of its names it is asked for; the old one unless given. */
  readonly naming?: Naming;
  /** Is shown each item as it came. */
  readonly onItem?: (item: unknown) => void;
}

/**
 * Reads one list whole, as far as the budget reaches and until the signal aborts. It never rejects: failures are outcomes.
 */
export type ReadList = (
  list: string,
  budget: Pick<Budget, 'spend'>,
  signal: AbortSignal,
  options?: ReadListOptions,
) => Promise<ListOutcome>;

/** A list as it is asked for. */
interface ListQuestion {
  readonly route: string;
  readonly budget: Pick<Budget, 'spend'>;
  readonly read: (item: unknown) => unknown;
}

/** Makes the function that reads the lists of one server. */
export function createListReader(options: ListReaderOptions): ReadList {
  const { server, request, timeoutMs, readItem } = options;
  const { url } = server;

  async function ask(
    { route, budget, read }: ListQuestion,
    page: number,
    signal: AbortSignal,
  ): Promise<{ answer: ApiAnswer; body: ListBody }> {
    const spend: Spend = (kind, amount) => {
      budget.spend(route, kind, amount);
    };
    const reader = new ListBodyReader(route !== 'info', spend, read);
    const answer = await request(pathOf(route, page), signal, reader.take);
    return { answer, body: reader.end() };
  }

  async function readPages(question: ListQuestion, signal: AbortSignal): Promise<ListOutcome> {
    const { route, read } = question;
    const items: unknown[] = [];
    let first: ApiAnswer | undefined;
    let wasBroken = false;
    for (let page = 0; ; page += 1) {
      const { answer, body, isBroken } = await twice(() => ask(question, page, signal), signal);
      wasBroken ||= isBroken;
      first ??= answer;
      if (isRefusal(answer.status)) return unauthorizedFailure(server);
      if (answer.status === 404 && route !== 'paths') return { kind: 'off' };
      if (answer.status !== 200) return statusFailure(url, route, answer);
      const parsed = route === 'info' ? parseInfo(body, read) : parseListPage(body);
      if (parsed.pageCount > MAX_PAGES)
        throw new InvalidAnswerError('too-many-pages', { found: parsed.pageCount, limit: MAX_PAGES });
      for (const item of parsed.items) items.push(item);
      if (page + 1 < parsed.pageCount) continue;
      if (items.length < parsed.itemCount) {
        throw new InvalidAnswerError('too-few-items', { found: items.length, limit: parsed.itemCount });
      }
      const { receivedAtMs, simulated } = first;
      // Lists that are asked beside the path list need more connections now and then, which tells nothing.
      const isNewConnection = wasBroken || (route === 'paths' && first.isNewConnection);
      return { kind: 'items', items, receivedAtMs, simulated, ...(isNewConnection && { isNewConnection }) };
    }
  }

  return async (list, budget, signal, { naming = 'old', onItem } = {}) => {
    const route = routeOf(list, naming);
    const read = (item: unknown): unknown => {
      onItem?.(item);
      return readItem === undefined ? item : readItem(list, item);
    };
    try {
      const outcome = await readPages({ route, budget, read }, signal);
      return outcome.kind === 'items' && route !== list ? { ...outcome, route } : outcome;
    } catch (error) {
      if (error instanceof OverBudgetError) return overBudgetFailure(url, error);
      if (error instanceof InvalidAnswerError) return invalidFailure(url, route, error);
      if (signal.aborted) return timeoutFailure(url, timeoutMs);
      return connectionFailure(server, systemCode(error), errorText(error));
    }
  };
}
