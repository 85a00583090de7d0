import { createTask } from 'node-cron';

/** The moments at which a tick is due: multiples of the interval by the wall clock, so that all processes tick at once. */
export interface Slots {
  /** Time in ms until the next slot, by the wall clock as it stands now: above 0, at most one interval. */
  readonly untilNextMs: () => number;
}

/** node-cron's pattern for every so many seconds of the minute. */
function cronPattern(intervalSeconds: number): string {
  return intervalSeconds === 60 ? '0 * * * * *' : `*/${intervalSeconds} * * * * *`;
}

/**
 * Asks node-cron once when a slot is: all others are whole intervals away from it, however the wall clock is set. To ask
 * each time would take a good part of what an idle service takes altogether. Its scheduler is never started: after the
 * wall clock was set, that walks through every slot in between, for three years more than half an hour. In UTC, since
 * local time leaves hours out and repeats others.
 * @param intervalSeconds a divisor of 60
 * @param wallMs Unix time in ms
 */
export function createSlots(intervalSeconds: number, wallMs: () => number): Slots {
  const intervalMs = intervalSeconds * 1_000;
  const task = createTask(cronPattern(intervalSeconds), () => undefined, { timezone: 'UTC' });
  const slotMs = task.getNextRuns(1)[0]?.getTime() ?? 0;
  void task.destroy();
  return {
    untilNextMs: () => {
      const untilMs = (slotMs - wallMs()) % intervalMs;
      return untilMs > 0 ? untilMs : untilMs + intervalMs;
    },
  };
}
