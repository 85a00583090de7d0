import { setMaxListeners } from 'node:events';

/**
 * Ends a piece of work, and each of its steps, that takes too long. One controller and plain timers: several
 * `AbortSignal.timeout` a request, combined by `AbortSignal.any`, cost more than the request.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #total: NodeJS.Timeout;
  #step: NodeJS.Timeout | undefined;

  /** Starts the time of the work. */
  constructor(totalMs: number) {
    // All requests of a piece of work listen to the one signal.
    setMaxListeners(0, this.signal);
    this.#total = setTimeout(this.#abort, totalMs);
  }

  /** Aborts when the time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Begins a step, which may take so long; the step before is done. */
  startStep(timeoutMs: number): void {
    clearTimeout(this.#step);
    this.#step = setTimeout(this.#abort, timeoutMs);
  }

  /** The work is done: nothing aborts any more. */
  clear(): void {
    clearTimeout(this.#step);
    clearTimeout(this.#total);
  }

  readonly #abort = (): void => {
    this.#controller.abort();
  };
}
