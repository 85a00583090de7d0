import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLogRecorder } from '@mediamtx-monitor/testkit';
import { Loop, waitMs } from '../../src/loop/loop.ts';

const INTERVAL_S = 2;
const INTERVAL_MS = INTERVAL_S * 1_000;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** A tick as the loop ran it, by both clocks. */
interface Ran {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

let loop: Loop | undefined;
let ran: Ran[];
let blockedMs: number;
const monotonicMs = (): number => performance.now() + blockedMs;
beforeEach(() => {
  jest.useFakeTimers();
  jest.setSystemTime(Date.parse('2026-01-01T00:00:00.700Z'));
  ran = [];
  blockedMs = 0;
});
afterEach(async () => {
  await stop();
  jest.useRealTimers();
});

/** Stops the loop, which may wait for a tick. */
async function stop(): Promise<void> {
  const stopping = loop?.stop();
  await jest.advanceTimersByTimeAsync(10 * SECOND_MS);
  await stopping;
}

function startLoop(
  work: () => Promise<void> = () => Promise.resolve(),
  log = createLogRecorder(),
  offsetMs?: number,
  first?: 'own' | 'slot' | 'now',
): Loop {
  loop = new Loop({
    intervalSeconds: INTERVAL_S,
    ...(offsetMs !== undefined && { offsetMs }),
    clock: { wallMs: () => Date.now(), monotonicMs },
    logger: log.logger,
    tick: () => {
      ran.push({ wallMs: Date.now(), monotonicMs: monotonicMs() });
      return work();
    },
  });
  loop.start(first);
  return loop;
}

const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
/** Sets the wall clock, as an administrator, NTP or the end of a machine's sleep does. */
const step = (ms: number): void => {
  jest.setSystemTime(Date.now() + ms);
};
/** Stops the process for a while: both clocks go on, timers are so much late. */
const block = (ms: number): void => {
  step(ms);
  blockedMs += ms;
};
/** Where in its slot each tick ran. */
const phases = (): number[] => ran.map(({ wallMs }) => wallMs % INTERVAL_MS);
const longestGapMs = (): number =>
  Math.max(...ran.slice(1).map(({ monotonicMs }, index) => monotonicMs - (ran[index]?.monotonicMs ?? 0)));

test('ticks at once, then in every slot of the wall clock', async () => {
  const running = startLoop();
  await pass(10 * INTERVAL_MS);
  expect(phases()).toStrictEqual([700, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(running.stats).toStrictEqual({ due: 11, overlaps: 0, missed: 0, restarts: 0 });
});

test.each([
  // At 0.7 s of a slot.
  ['own', 500, 1_200],
  ['slot', 500, 500],
  ['slot', 1_300, 1_300],
  ['slot', undefined, 0],
  ['now', 500, 700],
] as const)(
  'begun by %s with an offset of %p ms it ticks first at %i ms of a slot, then in its own',
  async (first, offsetMs, atMs) => {
    startLoop(undefined, undefined, offsetMs, first);
    await pass(4 * INTERVAL_MS);
    const [firstPhase, ...others] = phases();
    expect(firstPhase).toBe(atMs);
    expect(new Set(others)).toStrictEqual(new Set([offsetMs ?? 0]));
    expect(longestGapMs()).toBeLessThanOrEqual(1.5 * INTERVAL_MS);
  },
);

test.each([1, 500, 700, 1_300, 1_999])(
  'with an offset of %i ms it ticks so long after the start, then after every slot',
  async (offsetMs) => {
    const running = startLoop(undefined, undefined, offsetMs);
    expect(ran).toStrictEqual([]);
    await pass(10 * INTERVAL_MS);
    const [first, ...others] = phases();
    expect(first).toBe((700 + offsetMs) % INTERVAL_MS);
    expect(others.length).toBeGreaterThanOrEqual(8);
    expect(new Set(others)).toStrictEqual(new Set([offsetMs]));
    expect(running.stats).toStrictEqual({ due: ran.length, overlaps: 0, missed: 0, restarts: 0 });
    expect(longestGapMs()).toBeLessThanOrEqual(1.5 * INTERVAL_MS);
    step(YEAR_MS + 900);
    await pass(10 * INTERVAL_MS);
    expect(phases().slice(-3)).toStrictEqual([offsetMs, offsetMs, offsetMs]);
    expect(longestGapMs()).toBeLessThanOrEqual(1.5 * INTERVAL_MS);
  },
);

test('a loop with an offset that is stopped before its first tick never ticks', async () => {
  await startLoop(undefined, undefined, 500).stop();
  await pass(INTERVAL_MS);
  expect(ran).toStrictEqual([]);
  expect(jest.getTimerCount()).toBe(0);
});

test('the start counts for the nearest slot', async () => {
  jest.setSystemTime(Date.parse('2026-01-01T00:00:01.700Z'));
  startLoop();
  await pass(2 * INTERVAL_MS);
  expect(ran.map(({ wallMs }) => wallMs - Date.parse('2026-01-01T00:00:00Z'))).toStrictEqual([1_700, 4_000]);
});

test.each([
  [2_000, 2_000],
  [1_999, 1_999],
  [1_001, 1_001],
  [1_000, 3_000],
  [1, 2_001],
])('with %i ms until the next slot it waits %i ms', (untilNextSlotMs, wait) => {
  expect(waitMs(untilNextSlotMs, INTERVAL_MS)).toBe(wait);
});

test('a clock that is put back a little after each tick makes no second one in a slot', async () => {
  const running = startLoop();
  for (let count = 0; count < 50; count += 1) {
    await pass(INTERVAL_MS);
    step(-3);
  }
  const slots = ran.slice(1).map(({ wallMs }) => Math.round(wallMs / INTERVAL_MS));
  expect(new Set(slots).size).toBe(slots.length);
  expect(running.stats).toMatchObject({ missed: 0, restarts: 0 });
});

test('a tick that takes too long makes the next ones skipped and counted, not parallel', async () => {
  const finish: (() => void)[] = [];
  const running = startLoop(() => new Promise((resolve) => finish.push(resolve)));
  await pass(3 * INTERVAL_MS);
  expect(running.stats).toMatchObject({ due: 4, overlaps: 3 });
  expect(finish.length).toBe(1);
  finish[0]?.();
  await pass(INTERVAL_MS);
  expect(finish.length).toBe(2);
  finish[1]?.();
});

test('a tick that fails is told, and the next ones come', async () => {
  const log = createLogRecorder();
  startLoop(() => Promise.reject(new Error('oh')), log);
  await pass(2 * INTERVAL_MS);
  expect(log.messages('error').length).toBe(3);
});

test.each([
  [0.4, 0],
  [0.6, 1],
  [3.2, 3],
  [10.6, 11],
])(
  'a process that comes %f intervals too late has missed %i slots, and is in step again',
  async (late, missed) => {
    const running = startLoop();
    await pass(INTERVAL_MS);
    block(late * INTERVAL_MS);
    await pass(4 * INTERVAL_MS);
    expect(running.stats).toMatchObject({ missed, restarts: 0 });
    expect(phases().slice(-2)).toStrictEqual([0, 0]);
  },
);

describe('when the wall clock is set', () => {
  test.each([
    ['2 s forward', 2 * SECOND_MS],
    ['2 s back', -2 * SECOND_MS],
    ['1.7 s forward', 1_700],
    ['1.7 s back', -1_700],
    ['an hour forward', HOUR_MS],
    ['an hour back', -HOUR_MS],
    ['a day and a bit forward', DAY_MS + 1_234],
    ['a day and a bit back', -DAY_MS - 1_234],
    ['3 years forward', 3 * YEAR_MS],
    ['3 years back', -3 * YEAR_MS],
    ['100 years forward', 100 * YEAR_MS],
    ['50 years back', -50 * YEAR_MS],
  ])('%s, no tick is late and all are in their slots again', async (_what, stepMs) => {
    const log = createLogRecorder();
    const running = startLoop(undefined, log);
    await pass(5 * INTERVAL_MS + 300);
    step(stepMs);
    await pass(20 * INTERVAL_MS);
    expect(longestGapMs()).toBeLessThanOrEqual(1.5 * INTERVAL_MS);
    expect(
      phases()
        .slice(7)
        .every((phase) => phase === 0),
    ).toBe(true);
    expect(ran.length).toBeGreaterThanOrEqual(25);
    expect(running.stats).toStrictEqual({ due: ran.length, overlaps: 0, missed: 0, restarts: 1 });
    expect(log.messages('warn')).toStrictEqual([
      expect.stringMatching(/^the clock was set (forward|back) by \d+ s/),
    ]);
  });

  test('at every tick, no tick is late', async () => {
    startLoop();
    for (const stepMs of [YEAR_MS, -2 * YEAR_MS, 1_999, -1_001, 3 * YEAR_MS, -DAY_MS, 1_500, 1_500, 1_500]) {
      step(stepMs);
      await pass(INTERVAL_MS);
    }
    expect(longestGapMs()).toBeLessThanOrEqual(1.5 * INTERVAL_MS);
  });

  test('by less than half an interval, nobody is told', async () => {
    const log = createLogRecorder();
    const running = startLoop(undefined, log);
    await pass(INTERVAL_MS);
    step(900);
    await pass(5 * INTERVAL_MS);
    expect(running.stats.restarts).toBe(0);
    expect(log.messages('warn')).toStrictEqual([]);
    expect(phases().slice(-3)).toStrictEqual([0, 0, 0]);
  });
});

describe('stopping', () => {
  test('waits for the tick that runs, after which none comes', async () => {
    let finish: () => void = () => undefined;
    const running = startLoop(() => new Promise((resolve) => (finish = resolve)));
    let stopped = false;
    const stopping = running.stop().then(() => (stopped = true));
    await pass(SECOND_MS);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await pass(5 * INTERVAL_MS);
    expect(running.stats.due).toBe(1);
  });

  test('leaves no timer behind', async () => {
    await startLoop().stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
