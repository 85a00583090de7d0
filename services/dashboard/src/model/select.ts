import { readersOf } from '@mediamtx-monitor/model';
import type { Health, StreamState } from '@mediamtx-monitor/types';
import { type Listed, urgency } from './listed.ts';
import { usesProtocol } from './protocol.ts';

/** Columns a list can be sorted by; `attention` puts first what needs an eye. */
export const SORT_KEYS = [
  'attention',
  'name',
  'state',
  'inboundMbps',
  'outboundMbps',
  'readers',
  'rttMs',
  'linkLossPercent',
  'since',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** What a list is narrowed to; an empty list narrows nothing. */
export interface Filter {
  readonly q: string;
  readonly state: readonly StreamState[];
  readonly health: readonly Health[];
  readonly server: readonly string[];
  readonly protocol: readonly string[];
}

export function filterStreams(list: readonly Listed[], filter: Filter): readonly Listed[] {
  const wanted = filter.q.trim().toLowerCase();
  const { state, health, server, protocol } = filter;
  if (wanted === '' && [state, health, server, protocol].every(({ length }) => length === 0)) return list;
  return list.filter(
    (listed) =>
      has(state, listed.stream.state) &&
      has(health, listed.health) &&
      has(server, listed.stream.server) &&
      (protocol.length === 0 || protocol.some((one) => usesProtocol(listed.stream, one))) &&
      (wanted === '' || listed.stream.name.toLowerCase().includes(wanted)),
  );
}

/**
 * Streams without the number that is sorted by come last, whatever the direction; equals stay in their order. By `since`,
 * how long it has been counts.
 * @param list in order of name
 */
export function sortStreams(list: readonly Listed[], { key, descending }: Sort): readonly Listed[] {
  if (key === 'name') return descending ? list.toReversed() : list;
  // The later it began, the shorter it has been; texts of the same form are in the order of their times.
  const sign = descending === (key === 'since') ? 1 : -1;
  const value = VALUES[key];
  return list.toSorted((a, b) => compare(value(a), value(b), sign));
}

type Value = number | string | null;

const VALUES: Readonly<Record<Exclude<SortKey, 'name'>, (listed: Listed) => Value>> = {
  attention: urgency,
  state: ({ stream }) => stream.state,
  inboundMbps: ({ stream }) => stream.inboundMbps,
  outboundMbps: ({ stream }) => stream.outboundMbps,
  readers: ({ stream }) => readersOf(stream),
  rttMs: ({ stream }) => stream.rttMs,
  linkLossPercent: ({ stream }) => stream.linkLossPercent,
  since: ({ stream }) => stream.since,
};

function compare(a: Value, b: Value, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -sign : sign;
}

function has<T>(wanted: readonly T[], value: T): boolean {
  return wanted.length === 0 || wanted.includes(value);
}
