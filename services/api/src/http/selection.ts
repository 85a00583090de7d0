/** Which end of what comes is kept. */
export type SelectionEnd = 'first' | 'last';

interface Keyed<Item> {
  readonly key: string;
  readonly item: Item;
}

/** The first or the last so many of what comes in any order, by their keys, and each key once: never much more is held. */
export class Selection<Item> {
  readonly #limit: number;
  readonly #end: SelectionEnd;
  #held: Keyed<Item>[] = [];
  /** Beyond it nothing is kept any more. */
  #bound: string | undefined;
  #isCut = false;

  constructor(limit: number, end: SelectionEnd) {
    this.#limit = limit;
    this.#end = end;
  }

  add(key: string, item: Item): void {
    const bound = this.#bound;
    if (bound !== undefined && (this.#end === 'first' ? key > bound : key < bound)) {
      this.#isCut = true;
      return;
    }
    this.#held.push({ key, item });
    if (this.#held.length >= 2 * this.#limit) this.#cut();
  }

  /** What was kept, in order. */
  take(): readonly Item[] {
    this.#cut();
    return this.#held.map(({ item }) => item);
  }

  /** Whether something isn't kept; known when it was taken. */
  get isCut(): boolean {
    return this.#isCut;
  }

  #cut(): void {
    const sorted = this.#held.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    const once = sorted.filter(({ key }, place) => key !== sorted[place - 1]?.key);
    const from = this.#end === 'first' ? 0 : Math.max(0, once.length - this.#limit);
    this.#held = once.slice(from, from + this.#limit);
    if (this.#held.length < once.length) this.#isCut = true;
    const isFull = this.#held.length === this.#limit;
    this.#bound = isFull ? this.#held.at(this.#end === 'first' ? -1 : 0)?.key : undefined;
  }
}
