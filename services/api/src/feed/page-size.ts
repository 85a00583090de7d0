import type { StoredEntry } from './stored-entry.ts';

/** Entries that are read at once at most. */
const MAX_ENTRIES = 1_000;
/** Text of a page, in characters, past which the next one has fewer entries. */
const MAX_LENGTH = 4 * 1_024 * 1_024;

/**
 * How many entries are read at once: fewer where they are large, and after each failure, since one that is too large for
 * the time that there is fails each time.
 */
export class PageSize {
  #entries = MAX_ENTRIES;

  get entries(): number {
    return this.#entries;
  }

  /** A page was read. */
  came(page: readonly StoredEntry[]): void {
    const length = page.reduce((sum, { json }) => sum + (json?.length ?? 0), 0);
    if (length > MAX_LENGTH) this.#halve();
    else if (length * 2 <= MAX_LENGTH) this.#entries = Math.min(this.#entries * 2, MAX_ENTRIES);
  }

  /** A page could not be read. */
  failed(): void {
    this.#halve();
  }

  #halve(): void {
    this.#entries = Math.max(1, this.#entries >> 1);
  }
}
