import { describe, expect, test } from '@jest/globals';
import { silenceOf } from '../src/index.ts';

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
