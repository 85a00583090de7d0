import { expect, test } from '@jest/globals';
import { lastedMs, tickDurationMs } from '../../src/model/times.ts';

test('lasts from its beginning to when it was told, and never less than nothing', () => {
  expect(lastedMs('2026-01-01T00:00:00.000Z', '2026-01-01T01:05:00.000Z')).toBe(3_900_000);
  expect(lastedMs('2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z')).toBe(0);
});

test.each([
  ['2026-01-01T00:00:04.015Z', 2_000, 15],
  ['2026-01-01T00:00:05.400Z', 2_000, 1_400],
  ['2026-01-01T00:00:05.400Z', 1_000, 400],
  ['2026-01-01T00:01:00.003Z', 60_000, 3],
])('a tick published at %s, one each %p ms, took %p ms', (publishedAt, intervalMs, tookMs) => {
  expect(tickDurationMs({ publishedAt, intervalMs })).toBe(tookMs);
});
