import type { Logger, Part } from '@mediamtx-monitor/runtime';

export interface LoopOptions {
  readonly intervalMs: number;
  /** One tick. Should it reject, that is logged and the loop goes on. */
  readonly tick: () => Promise<void>;
  readonly monotonicMs: () => number;
  readonly logger: Logger;
}

/** What happened so far. */
export interface LoopStats {
  /** Ticks that were run. */
  readonly ticks: number;
  /** Ticks left out because the one before took too long, or the machine slept. */
  readonly skipped: number;
}

export interface Loop extends Part {
  readonly stats: () => LoopStats;
}

/**
 * Ticks at once, then at each multiple of the interval since. The next tick is set when one is done, so two never run
 * together, and from the start rather than from there, so it doesn't drift.
 */
export function createLoop({ intervalMs, tick, monotonicMs, logger }: LoopOptions): Loop {
  let ticks = 0;
  let skipped = 0;
  let dueMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  const run = async (): Promise<void> => {
    ticks += 1;
    try {
      await tick();
    } catch (error) {
      logger.error('a tick failed, which should not happen', { error: String(error) });
    }
    if (stopped) return;
    const missed = Math.max(0, Math.floor((monotonicMs() - dueMs) / intervalMs));
    skipped += missed;
    dueMs += (missed + 1) * intervalMs;
    timer = setTimeout(begin, dueMs - monotonicMs());
  };
  const begin = (): void => {
    running = run();
  };

  return {
    name: 'loop',
    start: () => {
      dueMs = monotonicMs();
      begin();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    stats: () => ({ ticks, skipped }),
  };
}
