import { setTimeout as delay } from 'node:timers/promises';

/** After so many pages for those who want some of theirs comes one for those who want none, where any wait. */
const IN_A_ROW = 4;
/** Between pages of which a client wants nothing, in ms. */
const PAUSE_MS = 10;

/**
 * Pages are read one at a time, so that those who come back all at once don't hold up the rest. Whoever wanted nothing
 * of its last page only looks for something: it waits a little, and behind the others.
 */
export class OlderReads {
  readonly #wanted: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];
  #inARow = 0;
  #isReading = false;

  /** @param isIdle whether it wanted nothing of its last page */
  async take<Value>(isIdle: boolean, read: () => Promise<Value>): Promise<Value> {
    if (isIdle) await delay(PAUSE_MS);
    if (this.#isReading) {
      await new Promise<void>((resolve) => (isIdle ? this.#idle : this.#wanted).push(resolve));
    }
    this.#isReading = true;
    try {
      return await read();
    } finally {
      const next = this.#next();
      if (next === undefined) this.#isReading = false;
      else next();
    }
  }

  #next(): (() => void) | undefined {
    const isIdleTurn = this.#wanted.length === 0 || (this.#inARow >= IN_A_ROW && this.#idle.length > 0);
    this.#inARow = isIdleTurn ? 0 : this.#inARow + 1;
    return (isIdleTurn ? this.#idle : this.#wanted).shift();
  }
}
