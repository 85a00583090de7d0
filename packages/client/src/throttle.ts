import type { Timers } from './ports.ts';

/** Runs something when asked to, at once, but not more often than every so many ms; no request is lost. */
export class Throttle {
  readonly #run: () => void;
  readonly #pauseMs: number;
  readonly #timers: Timers;
  #isAsked = false;
  #timer: unknown;

  constructor(run: () => void, pauseMs: number, timers: Timers) {
    this.#run = run;
    this.#pauseMs = pauseMs;
    this.#timers = timers;
  }

  ask(): void {
    this.#isAsked = true;
    if (this.#timer === undefined) this.#next();
  }

  stop(): void {
    this.#timers.clearTimeout(this.#timer);
  }

  readonly #next = (): void => {
    this.#timer = this.#isAsked ? this.#timers.setTimeout(this.#next, this.#pauseMs) : undefined;
    if (this.#isAsked) this.#run();
    this.#isAsked = false;
  };
}
