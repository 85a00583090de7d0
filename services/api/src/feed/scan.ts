import { setImmediate as breath } from 'node:timers/promises';
import type { StoredEntry } from '@mediamtx-monitor/runtime';
import { idAfter, idBefore, NO_EVENT_ID } from '@mediamtx-monitor/types';
import { type Durable, type EntryPage, FIRST, LAST } from './durable.ts';
import type { PageSize } from './page-size.ts';
import type { Reader } from './read-turns.ts';

/** JSON that one answer has at most, in bytes; the entry that reaches it is the last. */
const MAX_BYTES = 8 * 1_024 * 1_024;

/** For so long it is worked at what was kept before everything else gets its turn, in ms. */
export const SLICE_MS = 10;

/** Which entries are looked at: between two ids, both left out. */
export interface ScanRange {
  /** `null`: from the newest backwards. */
  readonly after: string | null;
  /** `null`: up to the newest. */
  readonly before: string | null;
  /** At most so many are found, or fewer where those are large. */
  readonly limit: number;
  /** At most so many are looked at. */
  readonly maxEntries: number;
}

/** What is looked through. */
export interface ScanSource {
  readonly durable: Durable;
  /** Redis stream. */
  readonly key: string;
  readonly monotonicMs: () => number;
  readonly reader: Reader;
  readonly pageSize: PageSize;
}

/** What was found, the newest last. */
export interface ScanResult<Item> {
  readonly items: readonly Item[];
  /** What comes after it wasn't looked at. */
  readonly next: string;
  /** What comes before it wasn't looked at; `null` where nothing does. */
  readonly previous: string | null;
  /** Whether there may be more in the range. */
  readonly more: boolean;
}

/** Takes an entry; `undefined` for one that isn't wanted. */
export type Choose<Item> = (entry: StoredEntry) => Item | undefined;

/**
 * Looks for entries of a Redis stream, page by page, so that neither Redis nor this process is held up.
 * @throws {RedisAwayError|RedisRefusedError}
 * @throws {BusyError} when nobody waits for it any more
 */
export async function scan<Item>(
  source: ScanSource,
  range: ScanRange,
  choose: Choose<Item>,
): Promise<ScanResult<Item>> {
  const { after, limit } = range;
  const found = new Found(source, limit, choose);
  try {
    return await (after === null
      ? scanBackwards(source, range, found)
      : scanForwards(source, { ...range, after }, found));
  } finally {
    source.reader.spent(found.workMs);
  }
}

async function scanForwards<Item>(
  source: ScanSource,
  { after, before, maxEntries }: ScanRange & { readonly after: string },
  found: Found<Item>,
): Promise<ScanResult<Item>> {
  const to = before === null ? LAST : idBefore(before);
  let next = after;
  for (let looked = 0; ;) {
    const from = idAfter(next);
    const { entries: page, isEnd } = await readPage(source, maxEntries - looked, (count) =>
      source.durable.range(source.key, { from, to, count }),
    );
    next = (await found.take(page))?.id ?? next;
    looked += page.length;
    const more = found.isFull ? !isEnd || next !== page.at(-1)?.id : !isEnd;
    if (found.isFull || isEnd || looked >= maxEntries) {
      return { items: found.items, next, previous: after, more };
    }
  }
}

async function scanBackwards<Item>(
  source: ScanSource,
  { before, maxEntries }: ScanRange,
  found: Found<Item>,
): Promise<ScanResult<Item>> {
  let to = before === null ? LAST : idBefore(before);
  let next: string | undefined;
  for (let looked = 0; ;) {
    const until = to;
    const { entries: page, isEnd } = await readPage(source, maxEntries - looked, (count) =>
      source.durable.newest(source.key, { from: FIRST, to: until, count }),
    );
    next ??= page[0]?.id ?? NO_EVENT_ID;
    const last = await found.take(page);
    looked += page.length;
    const isBeginning = isEnd && last?.id === page.at(-1)?.id;
    if (found.isFull || isBeginning || looked >= maxEntries) {
      const previous = isBeginning ? null : (last?.id ?? to);
      return {
        items: found.items.toReversed(),
        next,
        previous,
        more: previous !== null,
      };
    }
    to = idBefore(last?.id ?? to);
  }
}

async function readPage(
  { pageSize, reader }: ScanSource,
  maxEntries: number,
  read: (count: number) => Promise<EntryPage>,
): Promise<EntryPage> {
  const page = await pageSize.read((entries) => {
    reader.signal.throwIfAborted();
    return read(Math.min(entries, maxEntries));
  });
  pageSize.came(page.entries);
  return page;
}

/** What was found so far. */
class Found<Item> {
  readonly items: Item[] = [];
  readonly #monotonicMs: () => number;
  readonly #signal: AbortSignal;
  readonly #limit: number;
  readonly #choose: Choose<Item>;
  #bytes = 0;
  #workMs = 0;

  constructor({ monotonicMs, reader }: ScanSource, limit: number, choose: Choose<Item>) {
    this.#monotonicMs = monotonicMs;
    this.#signal = reader.signal;
    this.#limit = limit;
    this.#choose = choose;
  }

  get isFull(): boolean {
    return this.items.length >= this.#limit || this.#bytes >= MAX_BYTES;
  }

  get workMs(): number {
    return this.#workMs;
  }

  /** Looks at entries in turn until it is full, with turns for everything else in between; the last that it looked at. */
  async take(page: readonly StoredEntry[]): Promise<StoredEntry | undefined> {
    let startMs = this.#monotonicMs();
    let last: StoredEntry | undefined;
    for (const entry of page) {
      if (this.isFull) break;
      last = entry;
      const item = this.#choose(entry);
      if (item !== undefined) {
        this.items.push(item);
        this.#bytes += Buffer.byteLength(entry.json ?? '');
      }
      const sliceMs = this.#monotonicMs() - startMs;
      if (sliceMs < SLICE_MS) continue;
      this.#workMs += sliceMs;
      await breath();
      this.#signal.throwIfAborted();
      startMs = this.#monotonicMs();
    }
    this.#workMs += this.#monotonicMs() - startMs;
    return last;
  }
}
