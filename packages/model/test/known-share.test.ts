import { describe, expect, test } from '@jest/globals';
import { availabilityOf, knownExtent, knownSeconds } from '../src/index.ts';

const MINUTE = 60_000;
const WEEK = 7 * 1_440 * MINUTE;

test('a share says what it is of, and is never rounded up', () => {
  expect(availabilityOf(9 * MINUTE, 3 * MINUTE, WEEK)).toStrictEqual({
    uptimeSeconds: 540,
    downtimeSeconds: 180,
    unknownSeconds: WEEK / 1_000 - 720,
    percent: 75,
    knownPercent: 0.119,
  });
  const nearly = availabilityOf(WEEK - 2, 1, WEEK);
  expect([nearly.percent, nearly.knownPercent]).toStrictEqual([99.9999, 99.9999]);
  expect(knownSeconds(availabilityOf(9 * MINUTE, 3 * MINUTE, WEEK))).toBe(720);
});

describe('a figure', () => {
  const extent = (knownMs: number, wholeMs = WEEK) => knownExtent(availabilityOf(knownMs, 0, wholeMs));

  test('is that of the whole time where at least half of it is known', () => {
    expect([extent(WEEK / 2), extent(WEEK / 2 - 1), extent(12 * MINUTE)]).toStrictEqual([
      'most',
      'little',
      'little',
    ]);
  });

  test('needs no more words where a minute at most isn’t known', () => {
    expect([extent(WEEK), extent(WEEK - MINUTE + 1), extent(WEEK - MINUTE)]).toStrictEqual([
      'all',
      'all',
      'most',
    ]);
    expect(extent(MINUTE, 1.5 * MINUTE)).toBe('all');
  });

  test('is none where nothing is known, nor where there was no time', () => {
    expect([extent(0), extent(0, 0)]).toStrictEqual(['nothing', 'nothing']);
    expect(availabilityOf(0, 0, 0)).toMatchObject({ percent: null, knownPercent: 0 });
  });
});
