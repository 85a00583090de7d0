import type { Timers } from '@mediamtx-monitor/client';
import { createManualTime } from '../../../../packages/client/test/support/manual-time.ts';
import type { After } from '../../src/data/api-link.ts';

/** Timers and a monotonic clock that move when the test lets time pass. */
export interface TestTimers extends Timers {
  readonly after: After;
  readonly monotonicMs: () => number;
  /** What is due runs in order. */
  readonly pass: (ms: number) => void;
}

export function testTimers(): TestTimers {
  const { timers, monotonicMs, advance } = createManualTime();
  return {
    ...timers,
    after: (delayMs, run) => {
      const timer = timers.setTimeout(run, delayMs);
      return () => {
        timers.clearTimeout(timer);
      };
    },
    monotonicMs,
    pass: advance,
  };
}
