import { expect } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { setTimeout as delay } from 'node:timers/promises';
import { IS_MEASURED } from '../../support/recovery.ts';
import { recoveryIntervals, violationsIn } from './check.ts';
import type { InjectedFault } from './fault.ts';
import type { WhatWasSeen } from './seen.ts';
import type { FaultStage } from './stage.ts';
import { ask, watch } from './watch.ts';

/** How a fault went. */
export interface FaultOutcome {
  readonly violations: readonly string[];
  /** Until all was true again, beyond the silence that nobody can help. */
  readonly recoveryIntervals: number;
}

/** Long enough for data to become stale, in intervals. */
const HELD = 5;
/** What is watched before a fault, and after its end, in intervals. */
const BEFORE = 2;
const AFTER = 3;

/** Lets something break and be mended, watches all the while, and checks what was seen. */
export async function runFault(stage: FaultStage, fault: InjectedFault): Promise<FaultOutcome> {
  const { intervalMs } = stage;
  const clients = [watch('one', stage.apiUrls[0]), watch('two', stage.apiUrls[1])];
  const asked = ask(stage.apiUrls[fault.asks === 'two' ? 1 : 0]);
  const lateness = watchLateness();
  try {
    await eventually(() => {
      for (const { connections } of clients)
        expect(connections.at(-1)?.length).toBeGreaterThanOrEqual(BEFORE);
    });
    const beganMs = Date.now();
    const mend = await fault.begin(stage);
    await delay(HELD * intervalMs);
    await eventually(() => {
      expect(asked.answers.at(-1)).toMatchObject(fault.shows);
    });
    await mend();
    const endedMs = Date.now();
    const seen = (): WhatWasSeen => ({
      ...{ intervalMs, beganMs, endedMs, clients, answers: asked.answers, hit: fault.hit ?? [] },
      polls: stage.polls,
      latenessMs: lateness.worstMs(),
      patienceMs: (IS_MEASURED ? 0.5 : 3) * intervalMs,
    });
    const recovery = await eventually(() => {
      const intervals = recoveryIntervals(seen());
      if (intervals === null) throw new Error(`${fault.name}: not all of it is true again`);
      return intervals;
    });
    await delay(AFTER * intervalMs);
    return {
      violations: violationsIn(seen()),
      recoveryIntervals: Math.max(0, recovery - (fault.silentIntervals ?? 0)),
    };
  } finally {
    lateness.stop();
    await asked.stop();
    for (const client of clients) await client.stop();
  }
}

/** How late a timer of this process is at worst: on a busy machine whatever is watched is seen so late. */
function watchLateness(): { readonly worstMs: () => number; readonly stop: () => void } {
  const everyMs = 50;
  let [last, worstMs] = [performance.now(), 0];
  const timer = setInterval(() => {
    const now = performance.now();
    worstMs = Math.max(worstMs, now - last - everyMs);
    last = now;
  }, everyMs);
  return {
    worstMs: () => worstMs,
    stop: () => {
      clearInterval(timer);
    },
  };
}
