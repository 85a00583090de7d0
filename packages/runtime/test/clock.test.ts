import { expect, test } from '@jest/globals';
import { systemClock } from '../src/clock.ts';

test('the wall clock is the time of the machine', () => {
  const before = Date.now();
  const wallMs = systemClock.wallMs();
  expect(wallMs).toBeGreaterThanOrEqual(before);
  expect(wallMs).toBeLessThanOrEqual(Date.now());
});

test('the monotonic clock goes on by itself and never back', async () => {
  const first = systemClock.monotonicMs();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(systemClock.monotonicMs()).toBeGreaterThan(first);
});
