import { expect, test } from '@jest/globals';
import { Throttle } from '../src/throttle.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';

function setUp(): { throttle: Throttle; time: ManualTime; runs: number[] } {
  const time = createManualTime();
  const start = time.monotonicMs();
  const runs: number[] = [];
  const throttle = new Throttle(() => runs.push(time.monotonicMs() - start), 250, time.timers);
  return { throttle, time, runs };
}

test('the first runs at once, those soon after it together at the end of the pause', () => {
  const { throttle, time, runs } = setUp();
  throttle.ask();
  expect(runs).toStrictEqual([0]);
  time.advance(100);
  throttle.ask();
  throttle.ask();
  time.advance(1_000);
  expect(runs).toStrictEqual([0, 250]);
});

test('asked all the time it keeps the pauses', () => {
  const { throttle, time, runs } = setUp();
  for (let i = 0; i < 10; i += 1) {
    throttle.ask();
    time.advance(100);
  }
  time.advance(1_000);
  expect(runs).toStrictEqual([0, 250, 500, 750, 1_000]);
});

test('after a pause it runs at once again, and holds no timer in between', () => {
  const { throttle, time, runs } = setUp();
  throttle.ask();
  time.advance(250);
  expect(time.pending()).toStrictEqual([]);
  throttle.ask();
  expect(runs).toStrictEqual([0, 250]);
});

test('stopped, it forgets what was asked', () => {
  const { throttle, time, runs } = setUp();
  throttle.ask();
  throttle.ask();
  throttle.stop();
  time.advance(1_000);
  expect(runs).toStrictEqual([0]);
});
