import { describe, expect, test } from '@jest/globals';
import { derive, type Memory, NO_MEMORY, type Snapshot } from '../../src/derive/index.ts';
import { IDLE, iso, observation, pathFact, SETTINGS, START_MS, TICK_MS, type TickFacts } from './facts.ts';

const DAY_MS = 86_400_000;
const STEPS = [3 * 365 * DAY_MS, DAY_MS, -DAY_MS, -3 * 365 * DAY_MS];
const NEXT = { sourceId: 'publisher-2', readyAtMs: START_MS + 1_000 };
const WAITING = {
  sourceType: 'rtspSource',
  sourceId: null,
  confName: 'cam',
  ready: false,
  readyAtMs: null,
  inboundBytes: 0,
} as const;

/** Ticks by two clocks, of which the wall's can be set. */
function twoClocks() {
  let memory: Memory = NO_MEMORY;
  let monotonicMs = 5_000;
  let wallMs = START_MS;
  return {
    set: (stepMs: number) => {
      wallMs += stepMs;
    },
    tick: (facts: TickFacts, afterMs = TICK_MS): { snapshot: Snapshot; wallMs: number } => {
      const derived = derive(memory, observation(facts, monotonicMs), SETTINGS, { wallMs, monotonicMs });
      const at = wallMs;
      memory = derived.memory;
      monotonicMs += afterMs;
      wallMs += afterMs;
      return { snapshot: derived.snapshot, wallMs: at };
    },
    memory: () => memory,
  };
}

describe.each(STEPS)('when the clock is set by %i ms', (stepMs) => {
  test('restarts count for 10 minutes by the time that passes', () => {
    const { set, tick } = twoClocks();
    const restarts = (afterMs?: number): number | null | undefined =>
      tick({ paths: [pathFact(NEXT)] }, afterMs).snapshot.streams[0]?.restarts;
    tick({ paths: [pathFact()] });
    expect(restarts()).toBe(1);
    set(stepMs);
    expect(restarts(596_000)).toBe(1);
    expect(restarts()).toBe(1);
    expect(restarts()).toBe(0);
  });

  test('a stream that went is off air for 10 minutes by the time that passes', () => {
    const { set, tick } = twoClocks();
    const reasons = (afterMs?: number) =>
      tick({ paths: [pathFact(IDLE)] }, afterMs).snapshot.streams[0]?.reasons.map(({ code }) => code);
    tick({ paths: [pathFact()] });
    expect(reasons()).toStrictEqual(['off-air']);
    set(stepMs);
    expect(reasons(596_000)).toStrictEqual(['off-air']);
    expect(reasons()).toStrictEqual(['off-air']);
    expect(reasons()).toStrictEqual([]);
  });

  test('a pull that fails is a reason after 30 s by the time that passes', () => {
    const { set, tick } = twoClocks();
    const reasons = (afterMs?: number) =>
      tick({ paths: [pathFact(WAITING)] }, afterMs).snapshot.streams[0]?.reasons.map(({ code }) => code);
    expect(reasons(28_000)).toStrictEqual([]);
    set(stepMs);
    expect(reasons(2_000)).toStrictEqual([]);
    expect(reasons(2_000)).toStrictEqual([]);
    expect(reasons()).toStrictEqual(['source-down']);
  });

  test('a stream that has gone is remembered for 10 minutes by the time that passes', () => {
    const { set, tick, memory } = twoClocks();
    tick({ paths: [pathFact({ readyAtMs: null })] });
    tick({ paths: [] });
    set(stepMs);
    tick({ paths: [] }, 594_000);
    expect(memory().streams.has('cam')).toBe(true);
    tick({ paths: [] });
    tick({ paths: [] });
    expect(memory().streams.has('cam')).toBe(false);
  });

  test('what is published while MediaMTX can’t be asked is never younger than it is', () => {
    const { set, tick } = twoClocks();
    tick({ paths: [pathFact()] });
    tick({ paths: null });
    set(stepMs);
    for (let ticks = 2; ticks < 6; ticks += 1) {
      const { snapshot, wallMs } = tick({ paths: null });
      expect(wallMs - (snapshot.collectedAtMs ?? wallMs)).toBeGreaterThanOrEqual(ticks * TICK_MS - 1_000);
    }
  });

  test('and back again, it was collected when it was', () => {
    const { set, tick } = twoClocks();
    tick({ paths: [pathFact()] });
    set(stepMs);
    set(-stepMs);
    expect(tick({ paths: null }).snapshot.collectedAtMs).toBe(START_MS);
  });
});

test('a clock that goes on changes nothing in when it was collected', () => {
  const { tick } = twoClocks();
  tick({ paths: [pathFact()] });
  const snapshots = Array.from({ length: 5 }, () => tick({ paths: null }).snapshot);
  expect(snapshots.map(({ collectedAtMs }) => collectedAtMs)).toStrictEqual(Array(5).fill(START_MS));
  expect(new Set(snapshots.map(({ streams }) => streams[0]?.since))).toStrictEqual(
    new Set([iso(START_MS + TICK_MS)]),
  );
});
