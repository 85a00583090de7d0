import type { Clock } from '../clock.ts';
import type { Part, Progress } from '../lifecycle/part.ts';
import type { Logger } from '../log/logger.ts';
import { Exclusive } from './exclusive.ts';
import { createSlots, type Slots } from './slots.ts';

export interface LoopOptions {
  /** A divisor of 60. */
  readonly intervalSeconds: number;
  /**
   * How long after each slot it ticks, in ms: from 0 up to the interval, so that the ticks of several loops don't come at
   * the same moment. In the slot unless given.
   */
  readonly offsetMs?: number;
  /** One tick. Should it reject, that is logged and the loop goes on. */
  readonly tick: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What happened to the schedule so far. */
export interface LoopStats {
  /** Times a tick was due. */
  readonly due: number;
  /** Ticks skipped because the one before was still running. */
  readonly overlaps: number;
  /** Slots passed over because the process came too late for them. */
  readonly missed: number;
  /** Times the wall clock was found set, so that the slots began anew. */
  readonly restarts: number;
}

const MS_PER_SECOND = 1_000;

/**
 * How long to wait for the next tick. Each tick counts for the slot nearest to it, and the next one is for the slot
 * after, so that a timer that fires a little early makes no second tick. However the wall clock is set, this is from
 * half an interval up to one and a half.
 */
export function waitMs(untilNextSlotMs: number, intervalMs: number): number {
  return untilNextSlotMs <= intervalMs / 2 ? untilNextSlotMs + intervalMs : untilNextSlotMs;
}

/**
 * Ticks at once, then in every slot of the wall clock; with an offset, each of these so much later. Only where the slots
 * are follows that clock; what is waited for is a timer, which doesn't: when the clock is set, by seconds or by years, the
 * next tick comes when it would have come, and the one after is in its slot again.
 */
export class Loop implements Part {
  readonly name = 'loop';
  readonly progress: Progress;
  readonly #intervalMs: number;
  readonly #offsetMs: number;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #slots: Slots;
  readonly #ticks: Exclusive;
  #due = 0;
  #missed = 0;
  #restarts = 0;
  /** Monotonic time in ms at which the next tick is due. */
  #dueAtMs = 0;
  /** How far the wall clock was from the monotonic one when it was looked at last. */
  #aheadMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ intervalSeconds, offsetMs = 0, tick, clock, logger }: LoopOptions) {
    const intervalMs = intervalSeconds * MS_PER_SECOND;
    this.#intervalMs = intervalMs;
    this.#offsetMs = offsetMs;
    this.#clock = clock;
    this.#logger = logger;
    this.#slots = createSlots(intervalSeconds, clock.wallMs);
    this.#ticks = new Exclusive(async () => {
      try {
        await tick();
      } catch (error) {
        logger.error('a tick failed, which should not happen', { error: String(error) });
      }
    });
    this.progress = { intervalMs, count: () => this.#due - this.#ticks.overlaps };
  }

  get stats(): LoopStats {
    return {
      due: this.#due,
      overlaps: this.#ticks.overlaps,
      missed: this.#missed,
      restarts: this.#restarts,
    };
  }

  /** @param first when it ticks first: after its offset, when a tick is due that follows those of another loop, or now */
  start(first: 'own' | 'slot' | 'now' = 'own'): void {
    const firstMs = { own: this.#offsetMs, slot: this.#untilNextMs, now: 0 }[first];
    this.#dueAtMs = this.#clock.monotonicMs() + firstMs;
    this.#aheadMs = this.#wallAheadMs;
    if (firstMs === 0) this.#runDue();
    else this.#timer = setTimeout(this.#runDue, firstMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#ticks.idle();
  }

  readonly #runDue = (): void => {
    this.#due += 1;
    const lateMs = this.#clock.monotonicMs() - this.#dueAtMs;
    this.#missed += Math.max(0, Math.round(lateMs / this.#intervalMs));
    this.#noticeStep();
    const wait = waitMs(this.#untilNextMs, this.#intervalMs);
    this.#dueAtMs = this.#clock.monotonicMs() + wait;
    this.#timer = setTimeout(this.#runDue, wait);
    this.#ticks.run();
  };

  #noticeStep(): void {
    const before = this.#aheadMs;
    this.#aheadMs = this.#wallAheadMs;
    const steppedMs = this.#aheadMs - before;
    if (Math.abs(steppedMs) <= this.#intervalMs / 2) return;
    this.#restarts += 1;
    const way = steppedMs > 0 ? 'forward' : 'back';
    const seconds = Math.round(Math.abs(steppedMs) / MS_PER_SECOND);
    this.#logger.warn(
      `the clock was set ${way} by ${seconds} s, or the machine slept: ticks go on by the new time`,
    );
  }

  /** How far the wall clock is from the monotonic one. */
  get #wallAheadMs(): number {
    return this.#clock.wallMs() - this.#clock.monotonicMs();
  }

  /** Time in ms until the next tick is due: above 0, at most one interval. */
  get #untilNextMs(): number {
    const untilMs = (this.#slots.untilNextMs() + this.#offsetMs) % this.#intervalMs;
    return untilMs === 0 ? this.#intervalMs : untilMs;
  }
}
