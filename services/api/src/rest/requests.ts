import type { IncomingHttpHeaders } from 'node:http';
import type { ProblemCode } from '@mediamtx-monitor/types';
import type { Feed, Tick } from '../feed/index.ts';
import { ProblemError } from './problem.ts';

interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

/** What resources need to know of a request before they answer it. */
export interface RequestRules {
  readonly refuseOrigin: (headers: IncomingHttpHeaders) => Refusal | undefined;
  readonly readQuery: (
    url: string,
    allowed: readonly 'server'[],
  ) => { readonly query: { readonly server: string | undefined } } | { readonly refusal: Refusal };
}

/** Reads the query parameters of a request. */
export function queryOf(
  rules: RequestRules,
  url: string,
  allowed: readonly 'server'[],
): { readonly server: string | undefined } {
  const result = rules.readQuery(url, allowed);
  if ('refusal' in result) throw new ProblemError(result.refusal);
  return result.query;
}

/** The newest ticks of the server asked for, or of all. Empty only while nothing is known of any server. */
export async function ticksFor(feed: Feed, server: string | undefined): Promise<readonly Tick[]> {
  const ticks = await feed.current();
  if (server === undefined || ticks.length === 0) return ticks;
  const chosen = ticks.filter((tick) => tick.server === server);
  if (chosen.length > 0) return chosen;
  throw new ProblemError({
    code: 'unknown-server',
    detail: `There is no server "${server}"; there is: ${serverList(ticks)}.`,
  });
}

/** Ids for people. */
export function serverList(ticks: readonly Tick[]): string {
  return ticks.map((tick) => tick.server).join(', ');
}
