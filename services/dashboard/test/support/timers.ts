import type { Timers } from '@mediamtx-monitor/client';
import type { After } from '../../src/data/link.ts';

/** Timers and a monotonic clock that move when the test lets time pass. */
export interface TestTimers extends Timers {
  readonly after: After;
  readonly monotonicMs: () => number;
  /** What is due runs in order. */
  readonly pass: (ms: number) => void;
}

export function testTimers(): TestTimers {
  let nowMs = 0;
  const set = new Map<unknown, { readonly atMs: number; readonly run: () => void }>();
  const next = () => [...set].sort(([, a], [, b]) => a.atMs - b.atMs)[0];
  const setTimeout = (run: () => void, delayMs: number): unknown => {
    const timer = Symbol('timer');
    set.set(timer, { atMs: nowMs + delayMs, run });
    return timer;
  };
  return {
    setTimeout,
    clearTimeout: (timer) => void set.delete(timer),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => void set.delete(timer);
    },
    monotonicMs: () => nowMs,
    pass: (ms) => {
      const endMs = nowMs + ms;
      for (let due = next(); due !== undefined && due[1].atMs <= endMs; due = next()) {
        const [timer, { atMs, run }] = due;
        set.delete(timer);
        nowMs = atMs;
        run();
      }
      nowMs = endMs;
    },
  };
}
