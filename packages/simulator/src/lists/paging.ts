import type { Version } from '../versions/version.ts';
import type { Items } from './content.ts';
import { encode, JsonBytes } from './json-bytes.ts';

/** Which items of a list are asked for. */
export interface PageRequest {
  readonly itemsPerPage: number;
  /** From 0. */
  readonly page: number;
}

/** Which of a list's items are answered, and what is said of the whole. */
export interface PageRange {
  readonly itemCount: number;
  readonly pageCount: number;
  /** The first item, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** Sizes to begin with; memory that stays unused costs nothing. */
const ENVELOPE_BYTES = 100;
const ITEM_BYTES = 1_600;

const DEFAULT_ITEMS_PER_PAGE = 100;
const MAX = 2 ** 31 - 1;

/** Thrown for what MediaMTX answers 400; the message is its own. */
export class PagingError extends Error {}

/**
 * Reads `itemsPerPage` and `page` as MediaMTX does: empty means the default. 0 is left to the version.
 * @throws {@link PagingError}
 */
export function readPageRequest(query: URLSearchParams): PageRequest {
  return {
    itemsPerPage: readNumber(query.get('itemsPerPage'), DEFAULT_ITEMS_PER_PAGE),
    page: readNumber(query.get('page'), 0),
  };
}

/** Cuts a page out of `itemCount` items; what lies beyond the last depends on the version. */
export function cutPage(
  itemCount: number,
  { itemsPerPage, page }: PageRequest,
  { beyondLastPage }: Version,
): PageRange {
  const furthest = beyondLastPage === 'last-item' ? Math.max(0, itemCount - 1) : itemCount;
  const start = Math.min(page * itemsPerPage, furthest);
  const end = Math.min(start + itemsPerPage, itemCount);
  return { itemCount, pageCount: Math.ceil(itemCount / itemsPerPage), start, end };
}

/** A page of a list as JSON. */
export function writePage(items: Items, page: PageRange): Buffer {
  const { itemCount, pageCount, start, end } = page;
  const out = new JsonBytes(ENVELOPE_BYTES + (end - start) * ITEM_BYTES);
  out.bytes(encode(`{"itemCount":${itemCount},"pageCount":${pageCount},"items":[`));
  items.write(start, end, out);
  out.bytes(encode(']}'));
  return out.written();
}

function readNumber(text: string | null, fallback: number): number {
  if (text === null || text === '') return fallback;
  if (!/^[0-9]+$/.test(text)) throw parsingError(text, 'invalid syntax');
  if (Number(text) > MAX) throw parsingError(text, 'value out of range');
  return Number(text);
}

function parsingError(text: string, why: string): PagingError {
  return new PagingError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
}
