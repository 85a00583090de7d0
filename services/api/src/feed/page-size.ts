/** What of an entry or a field tells how large it is: its text, in characters. */
export interface Sized {
  readonly length: number;
}

/** Entries that are read at first: nobody knows yet how large they are. */
const FIRST_ENTRIES = 16;
/** Entries that are read at once at most. */
const MAX_ENTRIES = 1_000;
/** Text that a page is meant to have at most, in characters. */
const MAX_LENGTH = 4 * 1_024 * 1_024;

/**
 * How many entries of a key may be read at once: half as many after each failure, since a page that is too large for the
 * time that there is fails each time.
 */
export class PageLimit {
  #entries = MAX_ENTRIES;

  get entries(): number {
    return this.#entries;
  }

  /** A page of so many entries was read. */
  came(entries: number): void {
    if (entries >= this.#entries) this.#entries = Math.min(this.#entries * 2, MAX_ENTRIES);
  }

  /** A page of so many entries could not be read. */
  failed(entries: number): void {
    this.#entries = Math.max(1, entries >> 1);
  }
}

/**
 * How many entries the next page has: few at first, twice as many after each page that was full, and never more than
 * would be too large if they were like those before.
 */
export class PageSize {
  readonly #limit: PageLimit;
  #entries = FIRST_ENTRIES;

  constructor(limit = new PageLimit()) {
    this.#limit = limit;
  }

  get entries(): number {
    return Math.min(this.#entries, this.#limit.entries);
  }

  /**
   * A page was read. One that isn't full is the last for now: what comes then may be of another size.
   * @param isFull by what it has unless given
   */
  came(page: readonly Sized[], isFull = page.length >= this.entries): void {
    const asked = this.entries;
    const length = page.reduce((sum, entry) => sum + entry.length, 0);
    const fitting =
      page.length === 0 ? this.#entries : Math.floor((MAX_LENGTH * page.length) / Math.max(1, length));
    const next = isFull ? asked * 2 : FIRST_ENTRIES;
    if (isFull) this.#limit.came(asked);
    this.#entries = Math.max(1, Math.min(next, fitting, MAX_ENTRIES));
  }

  /** A page could not be read. */
  failed(): void {
    this.#limit.failed(this.entries);
  }
}
