import type { Logger } from '@mediamtx-monitor/runtime';
import type { Fault } from './parse.ts';

/** Counts what had to be dropped, and logs a fault when it begins or changes rather than at every tick. */
export class Faults {
  readonly #logger: Logger;
  readonly #last = new Map<string | undefined, string>();
  #count = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Number of messages and stored values dropped since the start. */
  get count(): number {
    return this.#count;
  }

  add({ server, reason }: Fault): void {
    this.#count += 1;
    if (this.#last.get(server) === reason) return;
    this.#last.set(server, reason);
    this.#logger.warn(`a snapshot in Redis can't be used and is left out: ${reason}`, { server });
  }

  /** A server's data was good again: its next fault is news. */
  clear(server: string): void {
    this.#last.delete(server);
  }
}
