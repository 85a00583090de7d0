import { expect, test } from '@jest/globals';
import { createFakeClock } from '../src/index.ts';

const START_MS = Date.parse('2026-01-01T00:00:00.000Z');

test('a fake clock stands still', async () => {
  const clock = createFakeClock();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([clock.wallMs(), clock.monotonicMs()]).toStrictEqual([START_MS, 1_000]);
});

test('advance moves both times', () => {
  const clock = createFakeClock();
  clock.advance(2_000);
  clock.advance(0.5);
  expect([clock.wallMs(), clock.monotonicMs()]).toStrictEqual([START_MS + 2_000.5, 3_000.5]);
});

test.each([3_600_000, -3_600_000])('stepWall by %d ms moves the wall clock alone', (stepMs) => {
  const clock = createFakeClock();
  clock.advance(100);
  clock.stepWall(stepMs);
  expect([clock.wallMs(), clock.monotonicMs()]).toStrictEqual([START_MS + 100 + stepMs, 1_100]);
});

test('it can begin at any time, and clocks are apart from one another', () => {
  const clock = createFakeClock('2024-02-29T23:59:59.999Z');
  const other = createFakeClock();
  clock.advance(1);
  expect(new Date(clock.wallMs()).toISOString()).toBe('2024-03-01T00:00:00.000Z');
  expect(other.wallMs()).toBe(START_MS);
});
