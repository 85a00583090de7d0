import type { Clock } from '@mediamtx-monitor/runtime';

/** Reads once for all who ask at the same time, and not again before a while has passed. */
export class SharedRead {
  readonly #read: () => Promise<void>;
  readonly #clock: Clock;
  #running: Promise<void> | undefined;
  #startedMs = -Infinity;

  /** @param read must not reject */
  constructor(read: () => Promise<void>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** Resolves when the read that is under way or was due is done; at once when none is due. */
  async ask(minGapMs: number): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    if (this.#running === undefined && nowMs - this.#startedMs >= minGapMs) {
      this.#startedMs = nowMs;
      this.#running = this.#read().finally(() => {
        this.#running = undefined;
      });
    }
    await this.#running;
  }
}
