import { readersOf } from '@mediamtx-monitor/model';
import { isFiltered, type ViewFilter, type ViewSort, type ViewSortKey } from '../data/view.ts';
import { usesProtocol } from './protocol.ts';
import { type ListedStream, LEAST_URGENT, needsAttention, urgency } from './streams.ts';

/** Keys of the streams that have a star. */
type FavouriteKeys = ReadonlySet<string>;
const NO_FAVOURITES: FavouriteKeys = new Set();

/** @param servers those that have the labels of the filter */
export function filterStreams(
  list: readonly ListedStream[],
  filter: ViewFilter,
  favourites = NO_FAVOURITES,
  servers: ReadonlySet<string> = new Set(),
): readonly ListedStream[] {
  if (!isFiltered(filter)) return list;
  const wanted = filter.q.trim().toLowerCase();
  const { state, health, server, label, protocol } = filter;
  const labelled = label.length === 0 ? null : servers;
  const pins = new Set(filter.pins);
  return list.filter(
    (listed) =>
      (pins.size === 0 || pins.has(listed.key)) &&
      (!filter.favourites || favourites.has(listed.key)) &&
      has(state, listed.stream.state) &&
      has(health, listed.health) &&
      has(server, listed.stream.server) &&
      labelled?.has(listed.stream.server) !== false &&
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
  favourites = NO_FAVOURITES,
): readonly ListedStream[] {
  if (key === 'name') return descending ? list.toReversed() : list;
  // The later it began, the shorter it has been; texts of the same form are in the order of their times.
  const sign = descending === (key === 'since') ? 1 : -1;
  const valueOf = key === 'favourites' ? favouriteUrgency(favourites) : VALUES[key];
  return list
    .map((listed) => ({ listed, value: valueOf(listed) }))
    .sort((a, b) => compare(a.value, b.value, sign))
    .map(({ listed }) => listed);
}

type Value = number | string | null;

const VALUES: Readonly<Record<Exclude<ViewSortKey, 'name' | 'favourites'>, (listed: ListedStream) => Value>> =
  {
    attention: urgency,
    state: ({ stream }) => stream.state,
    inboundMbps: ({ stream }) => stream.inboundMbps,
    outboundMbps: ({ stream }) => stream.outboundMbps,
    readers: ({ stream }) => readersOf(stream),
    rttMs: ({ stream }) => stream.rttMs,
    linkLossPercent: ({ stream }) => stream.linkLossPercent,
    since: ({ stream }) => stream.since,
  };

/** Those with a star first, among them and the others what needs an eye. */
function favouriteUrgency(favourites: FavouriteKeys): (listed: ListedStream) => number {
  return (listed) => urgency(listed) + (favourites.has(listed.key) ? 0 : LEAST_URGENT + 1);
}

function compare(a: Value, b: Value, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -sign : sign;
}

function has<T>(wanted: readonly T[], value: T): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

/** Pinned streams stand as they were pinned. */
export function inPinnedOrder(
  list: readonly ListedStream[],
  { pins }: Pick<ViewFilter, 'pins'>,
): readonly ListedStream[] {
  const byKey = new Map(list.map((listed) => [listed.key, listed]));
  return pins.flatMap((key) => byKey.get(key) ?? []);
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
  const end = Math.min(kept + (page + 1) * perTurn, list.length);
  // The last page is full too: it begins with what the one before ended with.
  const begin = Math.max(kept, end - perTurn);
  return {
    streams: [...ordered.slice(0, kept), ...ordered.slice(begin, end)],
    // The first page just is the beginning of the list.
    first: page === 0 ? 1 : begin + 1,
    last: end,
  };
}
