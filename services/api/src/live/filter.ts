import type { Topic } from '@mediamtx-monitor/types';
import { readQuery } from '../http/query.ts';

/** What a live client wants to receive. */
export interface LiveFilter {
  readonly topics: readonly Topic[];
  /** Only these servers; `undefined` for all. Hosts are received in any case. */
  readonly servers: readonly string[] | undefined;
  /** Only servers that have all these labels, each as `name:value`; `undefined` for all. */
  readonly label: readonly string[] | undefined;
  /** Only streams whose name matches this glob; `undefined` for all. */
  readonly stream: string | undefined;
  /** Where it goes on in topics of events; `undefined` for what happens from now on. */
  readonly cursor: string | undefined;
}

/** Query parameters by which a live client says what it wants to receive. */
export const FILTER_PARAMETERS = ['topics', 'servers', 'label', 'stream', 'cursor'] as const;
const DEFAULT_TOPICS: readonly Topic[] = ['streams'];

/** What is meant by what was asked for. */
export function filterOf({
  topics = DEFAULT_TOPICS,
  servers,
  label,
  stream,
  cursor,
}: Partial<LiveFilter>): LiveFilter {
  return { topics, servers, label, stream, cursor };
}

/**
 * Reads from a request's URL what a live client wants to receive.
 * @throws {RefusedError} that names what is wrong
 */
export function readFilter(url: string): LiveFilter {
  return filterOf(readQuery(url, FILTER_PARAMETERS));
}
