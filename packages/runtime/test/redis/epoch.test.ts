import { expect, test } from '@jest/globals';
import { MAX_EPOCH_AHEAD_MS } from '@mediamtx-monitor/types';
import { isAbsurdEpoch, nextEpoch } from '../../src/redis/epoch.ts';

const NOW_MS = 1_790_000_000_000;

test('an epoch is Redis’s time, but greater than the stored one', () => {
  expect(nextEpoch(0, NOW_MS)).toBe(NOW_MS);
  expect(nextEpoch(NOW_MS, NOW_MS)).toBe(NOW_MS + 1);
  expect(nextEpoch(NOW_MS + 3_600_000, NOW_MS)).toBe(NOW_MS + 3_600_001);
});

test('a stored one that is a day ahead or more isn’t obeyed, and none is chosen that wouldn’t be', () => {
  const limitMs = NOW_MS + MAX_EPOCH_AHEAD_MS;
  expect(nextEpoch(limitMs - 1, NOW_MS)).toBe(limitMs);
  for (const absurd of [limitMs, Number.MAX_SAFE_INTEGER, Infinity]) {
    expect([isAbsurdEpoch(absurd, NOW_MS), nextEpoch(absurd, NOW_MS)]).toEqual([true, NOW_MS]);
  }
  expect(isAbsurdEpoch(limitMs - 1, NOW_MS)).toBe(false);
});
