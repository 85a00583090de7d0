import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogRecorder, eventually } from '@mediamtx-monitor/testkit';
import { createLoop, type Loop } from '../../src/loop/index.ts';
import { installSteppedDate } from '../support/stepped-date.ts';

const HOUR_MS = 3_600_000;

let wall: ReturnType<typeof installSteppedDate>;
let loop: Loop | undefined;
beforeEach(() => {
  wall = installSteppedDate();
});
afterEach(async () => {
  await loop?.stop();
  wall.restore();
});

async function startLoop(
  tick: () => Promise<void> = () => Promise.resolve(),
  log = createLogRecorder(),
): Promise<Loop> {
  loop = createLoop({
    intervalSeconds: 1,
    tick,
    monotonicMs: () => performance.now(),
    logger: log.logger,
  });
  await loop.start();
  return loop;
}

const ticksOn = async (running: Loop, count: number): Promise<void> => {
  const before = running.stats().due;
  await eventually(() => {
    expect(running.stats().due).toBeGreaterThanOrEqual(before + count);
  });
};

test('ticks at once, and then again and again', async () => {
  const running = await startLoop();
  expect(running.stats().due).toBe(1);
  await ticksOn(running, 2);
});

test('a tick that takes too long makes the next ones skipped and counted, not parallel', async () => {
  let parallel = 0;
  let most = 0;
  let finish: () => void = () => undefined;
  const running = await startLoop(async () => {
    parallel += 1;
    most = Math.max(most, parallel);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    parallel -= 1;
  });
  await eventually(() => {
    expect(running.stats().overlaps).toBeGreaterThanOrEqual(2);
  });
  expect(most).toBe(1);
  finish();
  await eventually(() => {
    expect(parallel).toBe(1);
  });
  const stopping = running.stop();
  finish();
  await stopping;
});

test('a tick that fails is told, and the next ones come', async () => {
  const log = createLogRecorder();
  const running = await startLoop(() => Promise.reject(new Error('oh')), log);
  await ticksOn(running, 2);
  expect(log.messages('error').length).toBeGreaterThanOrEqual(2);
});

test('stopping waits for the tick that runs', async () => {
  let finish: () => void = () => undefined;
  let finished = false;
  const running = await startLoop(async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    finished = true;
  });
  const stopping = running.stop();
  finish();
  await stopping;
  expect(finished).toBe(true);
});

describe('when the wall clock is stepped', () => {
  test('an hour back, ticks go on', async () => {
    const running = await startLoop();
    await ticksOn(running, 1);
    wall.step(-HOUR_MS);
    await ticksOn(running, 4);
    expect(running.stats().restarts).toBeGreaterThanOrEqual(1);
  });

  test('an hour forth, ticks go on', async () => {
    const running = await startLoop();
    await ticksOn(running, 1);
    wall.step(HOUR_MS);
    await ticksOn(running, 4);
  });
});
