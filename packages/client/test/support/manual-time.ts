import type { Timers } from '../../src/index.ts';

/** Timers and a monotonic clock that move only when told to. */
export interface ManualTime {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** Lets time pass; what is due runs in order. */
  readonly advance: (ms: number) => void;
  /** Time until each timer that is set, the next one first. */
  readonly pending: () => number[];
}

export function createManualTime(): ManualTime {
  let now = 5_000;
  let lastId = 0;
  const set = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  const next = () => [...set].sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
  return {
    timers: {
      setTimeout: (run, delayMs) => {
        lastId += 1;
        set.set(lastId, { atMs: now + delayMs, run });
        return lastId;
      },
      clearTimeout: (timer) => {
        set.delete(timer as number);
      },
    },
    monotonicMs: () => now,
    advance: (ms) => {
      const end = now + ms;
      for (let due = next(); due !== undefined && due[1].atMs <= end; due = next()) {
        const [id, { atMs, run }] = due;
        set.delete(id);
        now = atMs;
        run();
      }
      now = end;
    },
    pending: () => [...set.values()].map(({ atMs }) => atMs - now).sort((a, b) => a - b),
  };
}
