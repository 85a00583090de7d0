import { afterEach, describe, expect, test } from '@jest/globals';
import { createLogRecorder, eventually } from '@mediamtx-monitor/testkit';
import { createLoop, type Loop } from '../../src/loop/index.ts';

const INTERVAL_MS = 20;

let loop: Loop | undefined;
afterEach(() => loop?.stop());

function startLoop(
  tick: () => Promise<void>,
  { intervalMs = INTERVAL_MS, log = createLogRecorder(), monotonicMs = () => performance.now() } = {},
): Loop {
  loop = createLoop({ intervalMs, tick, monotonicMs, logger: log.logger });
  void loop.start();
  return loop;
}

const nothing = (): Promise<void> => Promise.resolve();

/** A tick that lasts until the test ends it. */
function longTick() {
  const ends: (() => void)[] = [];
  return {
    tick: () => new Promise<void>((resolve) => ends.push(resolve)),
    begun: () => ends.length,
    end: () => ends.at(-1)?.(),
  };
}

test('ticks at once, and then again and again', async () => {
  const running = startLoop(nothing);
  expect(running.stats().ticks).toBe(1);
  await eventually(() => {
    expect(running.stats().ticks).toBeGreaterThanOrEqual(4);
  });
});

test('ticks no more often than the interval says', async () => {
  const startedMs = performance.now();
  const running = startLoop(nothing);
  await eventually(() => {
    expect(running.stats().ticks).toBeGreaterThanOrEqual(10);
  });
  const { ticks, skipped } = running.stats();
  const passed = (performance.now() - startedMs) / INTERVAL_MS;
  expect(ticks + skipped).toBeLessThanOrEqual(passed + 2);
});

test('the next tick keeps to the interval’s multiples after one that took long', async () => {
  let nowMs = 1_000;
  const { tick, begun, end } = longTick();
  const running = startLoop(tick, { monotonicMs: () => nowMs });
  // Due at 1,020, 1,040 and 1,060; the next is 1,080.
  nowMs += 3.5 * INTERVAL_MS;
  end();
  await eventually(() => {
    expect(begun()).toBe(2);
  });
  expect(running.stats()).toEqual({ ticks: 2, skipped: 3 });
  end();
});

test('ticks never run together', async () => {
  const { tick, begun, end } = longTick();
  const running = startLoop(tick);
  const startedMs = performance.now();
  await eventually(() => {
    expect(performance.now() - startedMs).toBeGreaterThan(3 * INTERVAL_MS);
  });
  expect(begun()).toBe(1);
  end();
  await eventually(() => {
    expect(begun()).toBe(2);
  });
  expect(running.stats().skipped).toBeGreaterThanOrEqual(3);
  end();
});

test('a tick that fails is told, and the next ones come', async () => {
  const log = createLogRecorder();
  startLoop(() => Promise.reject(new Error('oh')), { log });
  await eventually(() => {
    expect(log.messages('error').length).toBeGreaterThanOrEqual(2);
  });
});

describe('stopping', () => {
  test('waits for the tick that runs, after which none comes', async () => {
    const { tick, begun, end } = longTick();
    const running = startLoop(tick);
    let stopped = false;
    const stopping = Promise.resolve(running.stop()).then(() => {
      stopped = true;
    });
    await Promise.resolve();
    expect(stopped).toBe(false);
    end();
    await stopping;
    expect(begun()).toBe(1);
  });

  test('doesn’t wait for the next tick', async () => {
    const running = startLoop(nothing, { intervalMs: 3_600_000 });
    await running.stop();
    expect(running.stats()).toEqual({ ticks: 1, skipped: 0 });
  });
});
