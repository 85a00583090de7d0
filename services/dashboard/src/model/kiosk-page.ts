import { type Listed, needsAttention } from './listed.ts';

/** What a screen that turns its pages shows at a time. */
export interface KioskPage {
  readonly streams: readonly Listed[];
  /** Places of what turns, from 1, `last` included. */
  readonly first: number;
  readonly last: number;
}

/**
 * One page of a list. What needs attention stands first on every page, on at most half of it; the others take turns.
 * @param turn how often the page was turned, from 0; after the last page comes the first again
 * @param size streams that fit the screen
 */
export function kioskPage(list: readonly Listed[], turn: number, size: number): KioskPage {
  const troubled = list.filter(needsAttention);
  const ordered = [...troubled, ...list.filter((listed) => !needsAttention(listed))];
  const kept = list.length <= size ? 0 : Math.min(troubled.length, Math.floor(size / 2));
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
