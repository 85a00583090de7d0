import type { Timers } from './ports.ts';

export interface SilenceWatchOptions {
  /** After which the other side is taken for dead, as long as `received` says nothing else. */
  readonly limitMs: number;
  readonly timers: Timers;
  /** Half of the time has passed without a word: asks for one. */
  readonly onQuiet: () => void;
  /** All of it has. */
  readonly onSilent: () => void;
}

/** Notices that nothing comes any more: a connection whose other side is gone looks like one with nothing to say. */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #limitMs: number;
  #isAsked = false;
  #timer: unknown;

  /** Begins at once. */
  constructor(options: SilenceWatchOptions) {
    this.#options = options;
    this.#limitMs = options.limitMs;
    this.#wait();
  }

  /** Something has come. */
  received(limitMs = this.#limitMs): void {
    this.#limitMs = limitMs;
    this.#isAsked = false;
    this.#wait();
  }

  /** Asks at once whether the other side is there. */
  ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#wait();
    this.#options.onQuiet();
  }

  stop(): void {
    this.#options.timers.clearTimeout(this.#timer);
  }

  #wait(): void {
    const { timers, onSilent } = this.#options;
    timers.clearTimeout(this.#timer);
    this.#timer = timers.setTimeout(() => {
      if (this.#isAsked) onSilent();
      else this.ask();
    }, this.#limitMs / 2);
  }
}
