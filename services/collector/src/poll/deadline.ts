import { setMaxListeners } from 'node:events';

/**
 * Ends what is asked at the same time and takes too long: what has been answered by then isn't touched. One controller and
 * a plain timer for all of it: a signal and timers for each request cost more than what they guard.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  /** Starts the time. */
  constructor(timeoutMs: number) {
    // All requests listen to the one signal.
    setMaxListeners(0, this.signal);
    this.#timer = setTimeout(() => {
      this.#controller.abort();
    }, timeoutMs);
  }

  /** Aborts when the time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** All is answered: nothing aborts any more. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
