import { describe, expect, test } from '@jest/globals';
import { ageWhenPublishedMs, isStale, silenceOf, staleAfterMs } from '../src/index.ts';

describe('silence', () => {
  test.each([
    [0, 'quiet'],
    [29_999, 'quiet'],
    [30_000, 'warning'],
    [59_999, 'warning'],
    [60_000, 'critical'],
    [Infinity, 'critical'],
  ])('of %s ms is %s', (silentMs, silence) => {
    expect(silenceOf(silentMs, true)).toBe(silence);
  });

  test('is none while news come when they should, however rarely that is', () => {
    expect(silenceOf(90_000, false)).toBe('fresh');
  });

  test('of unknown length is no alarm', () => {
    expect(silenceOf(null, true)).toBe('quiet');
  });
});

describe('age', () => {
  const publishedAt = '2026-01-01T00:00:10.000Z';

  test('is stale above 3 intervals, and when nobody knows it', () => {
    expect(staleAfterMs(2_000)).toBe(6_000);
    expect([0, 6_000, 6_001, null].map((ageMs) => isStale(ageMs, 2_000))).toStrictEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('of data is told by its publisher’s own two times', () => {
    expect(ageWhenPublishedMs({ collectedAt: '2026-01-01T00:00:03.500Z', publishedAt })).toBe(6_500);
    expect(ageWhenPublishedMs({ collectedAt: '2026-01-01T00:00:11.000Z', publishedAt })).toBe(0);
    expect(ageWhenPublishedMs({ collectedAt: null, publishedAt })).toBeNull();
  });
});
