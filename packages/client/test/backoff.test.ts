import { describe, expect, test } from '@jest/globals';
import { retryInMs } from '../src/backoff.ts';

const lost = { code: 'lost', reason: '' } as const;
const ALMOST_1 = 0.999_999_999;
const failuresInARow = [0, 1, 2, 3, 4, 5, 6, 100, 2_000];

describe('retryInMs', () => {
  test('the longest wait doubles with each failure, up to 10 s', () => {
    expect(failuresInARow.map((failures) => retryInMs(failures, lost, ALMOST_1))).toStrictEqual([
      500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000,
    ]);
  });

  test('the wait is anything from nothing up to that', () => {
    expect(failuresInARow.map((failures) => retryInMs(failures, lost, 0))).toStrictEqual(
      failuresInARow.map(() => 0),
    );
    expect([0.25, 0.5, 0.75].map((random) => retryInMs(2, lost, random))).toStrictEqual([500, 1_000, 1_500]);
  });

  test('after a restart it is spread over one second, however often it failed before', () => {
    const restarting = { code: 'restarting', reason: '' } as const;
    for (const failures of failuresInARow) {
      expect([0, 0.5, ALMOST_1].map((random) => retryInMs(failures, restarting, random))).toStrictEqual([
        0, 500, 1_000,
      ]);
    }
  });

  test('what the API asks for is kept, and the spread comes on top', () => {
    const busy = { code: 'too-many-requests', reason: '', retryAfterMs: 7_000 } as const;
    expect([0, 0.5].map((random) => retryInMs(1, busy, random))).toStrictEqual([7_000, 7_500]);
  });

  test('but not for longer than 5 minutes', () => {
    expect(retryInMs(0, { ...lost, retryAfterMs: 86_400_000 }, 0)).toBe(300_000);
  });
});
