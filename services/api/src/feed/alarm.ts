import type { Clock } from '@mediamtx-monitor/runtime';

export interface AlarmOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Longest time between two looks, in ms. */
  readonly maxWaitMs: number;
  /** Does what is due; the time in ms until something is again, `Infinity` where nothing is. */
  readonly work: () => number;
}

/** Wakes when something is due, and not before: what is idle isn't woken to find that nothing has changed. */
export class Alarm {
  readonly #options: AlarmOptions;
  #timer: NodeJS.Timeout | undefined;
  /** Monotonic time at which it rings. */
  #atMs = Infinity;
  #isOn = false;

  constructor(options: AlarmOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isOn = true;
    this.#ring();
  }

  stop(): void {
    this.#isOn = false;
    clearTimeout(this.#timer);
  }

  /** Something is due in so many ms: it rings by then. */
  ringWithin(ms: number): void {
    const { clock, maxWaitMs } = this.#options;
    const waitMs = Math.max(1, Math.ceil(Math.min(ms, maxWaitMs)));
    const atMs = clock.monotonicMs() + waitMs;
    if (!this.#isOn || atMs >= this.#atMs) return;
    clearTimeout(this.#timer);
    this.#atMs = atMs;
    this.#timer = setTimeout(() => {
      this.#ring();
    }, waitMs).unref();
  }

  #ring(): void {
    this.#atMs = Infinity;
    this.ringWithin(this.#options.work());
  }
}
