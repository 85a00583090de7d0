import type { Logger, Part } from '@mediamtx-monitor/runtime';
import { schedule, type ScheduledTask } from 'node-cron';
import { createCronLogger } from './cron-logger.ts';
import { createExclusive } from './exclusive.ts';

export interface LoopOptions {
  /** A divisor of 60. */
  readonly intervalSeconds: number;
  /** One tick. Should it reject, that is logged and the loop goes on. */
  readonly tick: () => Promise<void>;
  readonly monotonicMs: () => number;
  readonly logger: Logger;
}

/** What happened to the schedule so far. */
export interface LoopStats {
  /** Times a tick was due. */
  readonly due: number;
  /** Ticks skipped because the one before was still running. */
  readonly overlaps: number;
  /** Runs node-cron noticed it had missed. */
  readonly missed: number;
  /** Times the schedule was made anew because the wall clock had been stepped. */
  readonly restarts: number;
}

export interface Loop extends Part {
  readonly stats: () => LoopStats;
}

/** Silence after which the schedule is taken to be stuck, in intervals. */
const GUARD_INTERVALS = 2;

/** node-cron's pattern for every so many seconds of the minute. */
function cronPattern(intervalSeconds: number): string {
  return intervalSeconds === 60 ? '0 * * * * *' : `*/${intervalSeconds} * * * * *`;
}

/**
 * Ticks at once, then every interval by the wall clock. node-cron follows that clock: after a step back it would
 * be silent until the clock has caught up, so a guard on the monotonic clock then makes the schedule anew.
 */
export function createLoop({ intervalSeconds, tick, monotonicMs, logger }: LoopOptions): Loop {
  const intervalMs = intervalSeconds * 1_000;
  const exclusive = createExclusive(async () => {
    try {
      await tick();
    } catch (error) {
      logger.error('a tick failed, which should not happen', { error: String(error) });
    }
  });
  const cronLogger = createCronLogger(logger);
  let due = 0;
  let missed = 0;
  let restarts = 0;
  let lastDueMs = -Infinity;
  let task: ScheduledTask | null = null;
  let guard: NodeJS.Timeout | undefined;

  const runDue = (): void => {
    due += 1;
    lastDueMs = monotonicMs();
    exclusive.run();
  };

  const startSchedule = (): void => {
    task = schedule(cronPattern(intervalSeconds), runDue, { logger: cronLogger });
    task.on('execution:missed', () => {
      missed += 1;
    });
  };

  const restartWhenStuck = (): void => {
    if (monotonicMs() - lastDueMs <= GUARD_INTERVALS * intervalMs) return;
    restarts += 1;
    logger.warn('no tick came for two intervals (was the clock set?): the schedule starts anew');
    void task?.destroy();
    startSchedule();
    runDue();
  };

  return {
    name: 'loop',
    start: () => {
      runDue();
      startSchedule();
      guard = setInterval(restartWhenStuck, intervalMs / 2);
    },
    stop: async () => {
      clearInterval(guard);
      await task?.destroy();
      await exclusive.idle();
    },
    stats: () => ({ due, overlaps: exclusive.overlaps(), missed, restarts }),
  };
}
