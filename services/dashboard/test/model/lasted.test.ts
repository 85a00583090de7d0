import { expect, test } from '@jest/globals';
import { lastedMs } from '../../src/model/times.ts';

test('lasts from its beginning to when it was told, and never less than nothing', () => {
  expect(lastedMs('2026-01-01T00:00:00.000Z', '2026-01-01T01:05:00.000Z')).toBe(3_900_000);
  expect(lastedMs('2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z')).toBe(0);
});
