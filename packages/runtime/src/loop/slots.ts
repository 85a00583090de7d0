import { createTask } from 'node-cron';

/** The moments at which a tick is due: multiples of the interval by the wall clock, so that all processes tick at once. */
export interface Slots {
  /** Time in ms until the next slot, by the wall clock as it stands now: above 0, at most one interval. */
  readonly untilNextMs: () => number;
  /** No slot is asked for any more. */
  readonly end: () => void;
}

/** node-cron's pattern for every so many seconds of the minute. */
function cronPattern(intervalSeconds: number): string {
  return intervalSeconds === 60 ? '0 * * * * *' : `*/${intervalSeconds} * * * * *`;
}

/**
 * Asks node-cron when the next slot is. Its scheduler is never started: after the wall clock was set, that walks through
 * every slot in between, for three years more than half an hour. In UTC, since local time leaves hours out and repeats
 * others.
 * @param intervalSeconds a divisor of 60
 * @param wallMs what node-cron, too, takes for the time: Unix time in ms
 */
export function createSlots(intervalSeconds: number, wallMs: () => number): Slots {
  const intervalMs = intervalSeconds * 1_000;
  const task = createTask(cronPattern(intervalSeconds), () => undefined, { timezone: 'UTC' });
  return {
    untilNextMs: () => {
      const [next] = task.getNextRuns(1);
      const untilMs = next === undefined ? intervalMs : next.getTime() - wallMs();
      // The clock may be set between the two looks at it.
      return untilMs > 0 && untilMs <= intervalMs ? untilMs : intervalMs;
    },
    end: () => void task.destroy(),
  };
}
