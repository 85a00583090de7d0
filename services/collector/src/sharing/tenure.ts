import type { Clock, LeaseSeen, TickOutcome } from '@mediamtx-monitor/runtime';

export interface TenureOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly intervalMs: number;
  /** What stands in Redis now; rejects while that is away. */
  readonly look: () => Promise<LeaseSeen>;
  /** Takes what nobody has any more; resolves with whether it is ours now. Rejects as `look`. */
  readonly takeAgain: () => Promise<boolean>;
  /** Whether another collector may take it, as far as is known. */
  readonly hasOthers: () => boolean;
  /** Told once that somebody else has it. */
  readonly onLost: () => void;
}

/** Others may take a server after so many intervals of silence: until then it is ours without a question. */
const SURE_INTERVALS = 2;

/**
 * For how long a server is ours. A process may be frozen at any moment, and its Redis be away: it is ours for sure for two
 * intervals after a tick was begun that Redis took. Later it is asked before anything is polled or written.
 */
export class Tenure {
  readonly sinceMs: number;
  /** Time between two ticks in ms. */
  intervalMs: number;
  readonly #options: TenureOptions;
  /** `Infinity` while Redis was never reached, and nobody could take it there. */
  #sureUntilMs = Infinity;
  #isLost = false;

  constructor(options: TenureOptions) {
    this.#options = options;
    this.sinceMs = options.clock.monotonicMs();
    this.intervalMs = options.intervalMs;
  }

  /** Whether it was taken in Redis. */
  get isTaken(): boolean {
    return this.#sureUntilMs !== Infinity;
  }

  /** Whether what was seen may be written down: not by one who was frozen, until it is known that it is ours still. */
  get mayWrite(): boolean {
    return !this.#isLost && this.#options.clock.monotonicMs() < this.#sureUntilMs;
  }

  /** It was taken in Redis. @param atMs when that was asked for, by the monotonic clock */
  taken(atMs: number): void {
    this.#sureUntilMs = atMs + SURE_INTERVALS * this.intervalMs;
  }

  /** Whether it may be polled now. @param epoch of the own ticks */
  async mayPoll(epoch: number | null): Promise<boolean> {
    const { clock, look, takeAgain, hasOthers } = this.#options;
    if (this.#isLost) return false;
    const nowMs = clock.monotonicMs();
    if (epoch === null || nowMs < this.#sureUntilMs) return true;
    try {
      const { isHeld, number } = await look();
      // Redis was emptied meanwhile: whether somebody had it before that, nobody can tell any more.
      if (!isHeld) return (await takeAgain()) && !this.#isLost;
      if (number.epoch <= epoch) return !this.#isLost;
      this.lose();
      return false;
    } catch {
      // Nobody knows. One that is alone goes on; where there are others, one of them may have it.
      if (hasOthers()) return false;
      this.#sureUntilMs = clock.monotonicMs() + SURE_INTERVALS * this.intervalMs;
      return !this.#isLost;
    }
  }

  /** A tick is done. @param startedMs when it was begun, by the monotonic clock */
  ticked(outcome: TickOutcome | Error, startedMs: number): void {
    if (outcome === 'published') this.taken(startedMs);
    if (outcome === 'superseded') this.lose();
  }

  /** It isn't ours any more. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#options.onLost();
  }
}
