/** So many wait already that whoever comes now had better ask again later. */
export class StoreBusyError extends Error {
  readonly code = 'store-busy';
}

/** Reads at the same time: while one waits for Redis, this process looks at what another got. */
const AT_ONCE = 3;
/** So many wait for their turn. */
const MAX_WAITING = 60;

/** Long reads take turns, first come, first served, so that many of them hold up neither Redis nor this process. */
export class ReadTurns {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /**
   * Reads when it's its turn.
   * @throws {StoreBusyError} at once where too many wait
   */
  async take<Value>(read: () => Promise<Value>): Promise<Value> {
    if (this.#running < AT_ONCE) this.#running += 1;
    else if (this.#waiting.length >= MAX_WAITING) throw new StoreBusyError('Too many reads wait already.');
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await read();
    } finally {
      const next = this.#waiting.shift();
      // The turn is handed on: nobody who comes in between takes it.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
