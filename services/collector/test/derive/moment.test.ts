import { describe, expect, test } from '@jest/globals';
import { momentWrittenDown, rewritten } from '../../src/derive/moment.ts';

const NOW = { wallMs: 1_000_000, monotonicMs: 500_000 };
const DAY_MS = 86_400_000;

describe('the moment of a time that was written down', () => {
  test('is as long ago as the clock says', () => {
    expect(momentWrittenDown(990_000, NOW)).toStrictEqual({ wallMs: 990_000, monotonicMs: 490_000 });
  });

  test('is now where the clock says that it is to come', () => {
    expect(momentWrittenDown(2_000_000, NOW)).toStrictEqual({ wallMs: 2_000_000, monotonicMs: 500_000 });
  });
});

describe('an earlier moment', () => {
  const then = { wallMs: 990_000, monotonicMs: 490_000 };

  test('keeps its time while the clock goes on', () => {
    expect(rewritten(then, NOW)).toBe(then);
  });

  test.each([-1_000, 1_000, DAY_MS])('keeps it when the clock was set by %i ms', (stepMs) => {
    expect(rewritten(then, { ...NOW, wallMs: NOW.wallMs + stepMs })).toBe(then);
  });

  test.each([-1_001, -20_000, -DAY_MS])(
    'has the time by which it is as old as it is when the clock was set by %i ms',
    (stepMs) => {
      const now = { ...NOW, wallMs: NOW.wallMs + stepMs };
      const again = rewritten(then, now);
      expect(now.wallMs - again.wallMs).toBe(NOW.monotonicMs - then.monotonicMs);
      expect(rewritten(again, now)).toBe(again);
    },
  );
});
