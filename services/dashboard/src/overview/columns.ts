import type { Sort, SortKey } from '../model/select.ts';

/** A column of the table. */
export interface Column {
  readonly name: string;
  /** What a click on its head sorts by; `null`: it doesn't sort. */
  readonly sort: SortKey | null;
  /** Numbers stand at the right, and are sorted from the greatest first. */
  readonly isNumber: boolean;
}

/** Columns of the table from left to right; their widths are in table.css. */
export const COLUMNS: readonly Column[] = [
  { name: 'stream', sort: 'name', isNumber: false },
  { name: 'state', sort: 'state', isNumber: false },
  { name: 'health', sort: 'attention', isNumber: false },
  { name: 'media', sort: null, isNumber: false },
  { name: 'in', sort: 'inboundMbps', isNumber: true },
  { name: 'out', sort: 'outboundMbps', isNumber: true },
  { name: 'viewers', sort: 'readers', isNumber: true },
  { name: 'rtt', sort: 'rttMs', isNumber: true },
  { name: 'loss', sort: 'linkLossPercent', isNumber: true },
  { name: 'since', sort: 'since', isNumber: true },
];

/** The more useful direction of a key. */
export function usualSort(key: SortKey): Sort {
  return { key, descending: COLUMNS.some(({ sort, isNumber }) => sort === key && isNumber) };
}

/** The same the other way round. */
export function reversed({ key, descending }: Sort): Sort {
  return { key, descending: !descending };
}
