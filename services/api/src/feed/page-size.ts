import { RedisAwayError } from '@mediamtx-monitor/runtime';

/** What of an entry or a field tells how large it is: its text, in characters. */
export interface Sized {
  readonly length: number;
}

/**
 * Entries that are read at once at most. Those before tell nothing of those that come: if each has a megabyte, that many
 * can still be held, and come in time.
 */
const MAX_ENTRIES = 32;
/** Text that a page is meant to have at most, in characters. */
const MAX_LENGTH = 4 * 1_024 * 1_024;
/** A page that could not be read is asked for again with so many times fewer entries. */
const FEWER = 8;

/** How many entries of a key may be read at once: few after a failure, twice as many with each page that comes then. */
export class PageLimit {
  #entries = MAX_ENTRIES;

  get entries(): number {
    return this.#entries;
  }

  /** A page was read. */
  came(): void {
    this.#entries = Math.min(this.#entries * 2, MAX_ENTRIES);
  }

  /** A page of so many entries could not be read. */
  failed(entries: number): void {
    this.#entries = Math.max(1, Math.floor(entries / FEWER));
  }
}

/** How many entries the next page has: never more than would be too large if they were like those before. */
export class PageSize {
  readonly #limit: PageLimit;
  #fitting = MAX_ENTRIES;

  constructor(limit = new PageLimit()) {
    this.#limit = limit;
  }

  get entries(): number {
    return Math.min(this.#fitting, this.#limit.entries);
  }

  /**
   * Reads a page, and where Redis doesn't answer in time a smaller one of the same place, down to one entry: it may be too
   * large for the time that there is.
   * @throws what `read` rejects with
   */
  async read<Page>(read: (entries: number) => Promise<Page>): Promise<Page> {
    for (;;) {
      const { entries } = this;
      try {
        return await read(entries);
      } catch (error) {
        if (!(error instanceof RedisAwayError)) throw error;
        this.failed();
        if (entries === 1) throw error;
      }
    }
  }

  /** A page was read. */
  came(page: readonly Sized[]): void {
    if (page.length === 0) return;
    const length = page.reduce((sum, entry) => sum + entry.length, 0);
    this.#fitting = Math.max(1, Math.floor((MAX_LENGTH * page.length) / Math.max(1, length)));
    this.#limit.came();
  }

  /** A page could not be read. */
  failed(): void {
    this.#limit.failed(this.entries);
  }
}
