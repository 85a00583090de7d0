import { readersOf } from '@mediamtx-monitor/model';
import type { ViewFilter, ViewSort, ViewSortKey } from '../data/view.ts';
import { usesProtocol } from './protocol.ts';
import { type ListedStream, needsAttention, urgency } from './streams.ts';

export function filterStreams(list: readonly ListedStream[], filter: ViewFilter): readonly ListedStream[] {
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
export function sortStreams(
  list: readonly ListedStream[],
  { key, descending }: ViewSort,
): readonly ListedStream[] {
  if (key === 'name') return descending ? list.toReversed() : list;
  // The later it began, the shorter it has been; texts of the same form are in the order of their times.
  const sign = descending === (key === 'since') ? 1 : -1;
  const valueOf = VALUES[key];
  return list
    .map((listed) => ({ listed, value: valueOf(listed) }))
    .sort((a, b) => compare(a.value, b.value, sign))
    .map(({ listed }) => listed);
}

type Value = number | string | null;

const VALUES: Readonly<Record<Exclude<ViewSortKey, 'name'>, (listed: ListedStream) => Value>> = {
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

/** What a screen that turns its pages shows at a time. */
export interface KioskPage {
  readonly streams: readonly ListedStream[];
  /** Places of what turns, from 1, `last` included. */
  readonly first: number;
  readonly last: number;
}

/**
 * One page of a list. What needs attention stands first on every page, on at most half of it; the others take turns.
 * @param turn how often the page was turned, from 0; after the last page comes the first again
 * @param size streams that fit the screen
 */
export function kioskPage(list: readonly ListedStream[], turn: number, size: number): KioskPage {
  const urgent = list.filter(needsAttention);
  const ordered = [...urgent, ...list.filter((listed) => !needsAttention(listed))];
  const kept = list.length <= size ? 0 : Math.min(urgent.length, Math.floor(size / 2));
  const perTurn = size - kept;
  const page = turn % Math.max(1, Math.ceil((list.length - kept) / perTurn));
  const begin = kept + page * perTurn;
  const end = Math.min(begin + perTurn, list.length);
  return {
    streams: [...ordered.slice(0, kept), ...ordered.slice(begin, end)],
    // The first page just is the beginning of the list.
    first: page === 0 ? 1 : begin + 1,
    last: end,
  };
}
