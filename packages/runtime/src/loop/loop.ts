import type { Clock } from '../clock.ts';
import type { Part } from '../lifecycle/part.ts';
import type { Logger } from '../log/logger.ts';
import { createExclusive } from './exclusive.ts';
import { createSlots } from './slots.ts';

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

export interface Loop extends Part {
  readonly stats: () => LoopStats;
}

/** Time a tick that runs has to finish when the loop stops; then the service stops without it. */
const STOP_PATIENCE_MS = 3_000;
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
 * Ticks at once, then in every slot of the wall clock; with an offset, each of these so much later. Only where the slots are follows that clock; what is waited for
 * is a timer, which doesn't: when the clock is set, by seconds or by years, the next tick comes when it would have come,
 * and the one after is in its slot again.
 */
export function createLoop({ intervalSeconds, offsetMs = 0, tick, clock, logger }: LoopOptions): Loop {
  const intervalMs = intervalSeconds * MS_PER_SECOND;
  const slots = createSlots(intervalSeconds, clock.wallMs);
  const exclusive = createExclusive(async () => {
    try {
      await tick();
    } catch (error) {
      logger.error('a tick failed, which should not happen', { error: String(error) });
    }
  });
  let due = 0;
  let missed = 0;
  let restarts = 0;
  let dueAtMs = 0;
  let aheadMs = 0;
  let timer: NodeJS.Timeout | undefined;

  /** How far the wall clock is from the monotonic one. */
  function wallAheadMs(): number {
    return clock.wallMs() - clock.monotonicMs();
  }

  /** Time in ms until the next tick is due: above 0, at most one interval. */
  function untilNextMs(): number {
    const untilMs = (slots.untilNextMs() + offsetMs) % intervalMs;
    return untilMs === 0 ? intervalMs : untilMs;
  }

  function noticeStep(): void {
    const before = aheadMs;
    aheadMs = wallAheadMs();
    const steppedMs = aheadMs - before;
    if (Math.abs(steppedMs) <= intervalMs / 2) return;
    restarts += 1;
    const way = steppedMs > 0 ? 'forward' : 'back';
    const seconds = Math.round(Math.abs(steppedMs) / MS_PER_SECOND);
    logger.warn(
      `the clock was set ${way} by ${seconds} s, or the machine slept: ticks go on by the new time`,
    );
  }

  function runDue(): void {
    due += 1;
    missed += Math.max(0, Math.round((clock.monotonicMs() - dueAtMs) / intervalMs));
    noticeStep();
    const wait = waitMs(untilNextMs(), intervalMs);
    dueAtMs = clock.monotonicMs() + wait;
    timer = setTimeout(runDue, wait);
    exclusive.run();
  }

  return {
    name: 'loop',
    start: () => {
      dueAtMs = clock.monotonicMs() + offsetMs;
      aheadMs = wallAheadMs();
      if (offsetMs === 0) runDue();
      else timer = setTimeout(runDue, offsetMs);
    },
    stop: async () => {
      clearTimeout(timer);
      let patience: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        patience = setTimeout(resolve, STOP_PATIENCE_MS);
      });
      await Promise.race([exclusive.idle(), late]);
      clearTimeout(patience);
    },
    progress: { intervalMs, count: () => due - exclusive.overlaps() },
    stats: () => ({ due, overlaps: exclusive.overlaps(), missed, restarts }),
  };
}
