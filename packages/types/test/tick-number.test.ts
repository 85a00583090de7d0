import { describe, expect, test } from '@jest/globals';
import {
  isAheadOfTime,
  isNewer,
  isSameTick,
  MAX_EPOCH_AHEAD_MS,
  nextEpoch,
  Succession,
} from '../src/index.ts';

const INTERVAL_MS = 2_000;
const PATIENCE_MS = 3 * INTERVAL_MS;

/** Which of these ticks, `[ms, epoch, seq]`, take the place of those before. */
function taken(
  ticks: readonly (readonly [nowMs: number, epoch: number, seq: number, intervalMs?: number])[],
  maxEpoch?: number,
): boolean[] {
  const succession = new Succession();
  return ticks.map(([nowMs, epoch, seq, intervalMs = INTERVAL_MS]) =>
    succession.takes({ epoch, seq, intervalMs }, nowMs, maxEpoch),
  );
}

test('a greater epoch is newer, and in the same epoch a greater seq', () => {
  const tick = { epoch: 5, seq: 10 };
  expect(isNewer({ epoch: 6, seq: 1 }, tick)).toBe(true);
  expect(isNewer({ epoch: 5, seq: 11 }, tick)).toBe(true);
  expect(isNewer({ epoch: 5, seq: 10 }, tick)).toBe(false);
  expect(isNewer({ epoch: 4, seq: 99 }, tick)).toBe(false);
  expect([isSameTick(tick, { ...tick }), isSameTick(tick, { epoch: 5, seq: 9 })]).toStrictEqual([
    true,
    false,
  ]);
});

describe('Succession', () => {
  test('the first is taken, then what is newer', () => {
    expect(
      taken([
        [0, 5, 1],
        [1, 5, 3],
        [2, 5, 2],
        [3, 5, 3],
        [4, 6, 1],
        [5, 5, 4],
      ]),
    ).toStrictEqual([true, true, false, false, true, false]);
  });

  test('an older numbering that goes on is followed once what is held has been silent for 3 intervals', () => {
    expect(
      taken([
        [0, 9, 1],
        [2_000, 5, 1],
        [PATIENCE_MS, 5, 2],
        [PATIENCE_MS + 1, 5, 3],
        [PATIENCE_MS + 2, 5, 4],
      ]),
    ).toStrictEqual([true, false, false, true, true]);
  });

  test('so is one of the same epoch, after a seq that nobody reaches', () => {
    expect(
      taken([
        [0, 5, 7],
        [1, 5, 999],
        [2_000, 5, 8],
        [7_000, 5, 9],
      ]),
    ).toStrictEqual([true, true, false, true]);
  });

  test('one tick alone, or the same again, shows no life', () => {
    const later = 10 * PATIENCE_MS;
    expect(
      taken([
        [0, 9, 1],
        [later, 5, 4],
        [later + 1, 5, 4],
        [later + 2, 5, 3],
        [later + 3, 4, 9],
        [later + 4, 4, 10],
      ]),
    ).toStrictEqual([true, false, false, false, false, true]);
  });

  test('as long as the newer one publishes, the older one isn’t followed', () => {
    const ticks = Array.from({ length: 20 }, (_, index): [number, number, number][] => [
      [index * INTERVAL_MS, 9, index + 1],
      [index * INTERVAL_MS + 1, 5, index + 1],
    ]).flat();
    expect(taken(ticks)).toStrictEqual(ticks.map(([, epoch]) => epoch === 9));
  });

  test('the shorter interval counts, so that a number that nobody reaches can’t make itself last', () => {
    expect(
      taken([
        [0, 9, 1, 86_400_000],
        [2_000, 5, 1],
        [PATIENCE_MS + 1, 5, 2],
      ]),
    ).toStrictEqual([true, false, true]);
  });

  test('an epoch beyond the greatest allowed is behind all others', () => {
    expect(
      taken(
        [
          [0, 101, 1],
          [1, 102, 1],
          [2, 7, 1],
          [3, 103, 1],
          [4, 7, 2],
        ],
        100,
      ),
    ).toStrictEqual([true, true, true, false, true]);
  });

  test('an epoch that has become too great since it came gives way at once', () => {
    const succession = new Succession();
    expect(succession.takes({ epoch: 90, seq: 1, intervalMs: INTERVAL_MS }, 0, 100)).toBe(true);
    expect(succession.takes({ epoch: 10, seq: 1, intervalMs: INTERVAL_MS }, 1, 50)).toBe(true);
  });
});

describe('the epoch of a take-over', () => {
  const NOW_MS = 1_790_000_000_000;

  test('is Redis’s time, but greater than the stored one', () => {
    expect(nextEpoch(0, NOW_MS)).toBe(NOW_MS);
    expect(nextEpoch(NOW_MS, NOW_MS)).toBe(NOW_MS + 1);
    expect(nextEpoch(NOW_MS + 3_600_000, NOW_MS)).toBe(NOW_MS + 3_600_001);
  });

  test('passes over a stored one that is a day ahead or more, and none is chosen that wouldn’t be obeyed', () => {
    const limitMs = NOW_MS + MAX_EPOCH_AHEAD_MS;
    expect(nextEpoch(limitMs - 1, NOW_MS)).toBe(limitMs);
    for (const ahead of [limitMs, Number.MAX_SAFE_INTEGER, Infinity]) {
      expect([isAheadOfTime(ahead, NOW_MS), nextEpoch(ahead, NOW_MS)]).toStrictEqual([true, NOW_MS]);
    }
    expect(isAheadOfTime(limitMs - 1, NOW_MS)).toBe(false);
  });
});
