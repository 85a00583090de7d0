import { expect, test } from '@jest/globals';
import { windowOf } from '../../src/http/history.ts';

const NOW = Date.parse('2026-11-29T12:00:11.500Z');
const context = { nowMs: NOW, tickSeconds: 2, finestStepSeconds: () => 1 };

test.each([900, 7_200, 86_400, 864_000])(
  'of the last %d s the step that is going on is the last',
  (seconds) => {
    const { fromMs, toMs, stepSeconds } = windowOf({ historyFrom: NOW - seconds * 1_000 }, context);
    expect(fromMs).toBeLessThanOrEqual(NOW - seconds * 1_000);
    expect(toMs - NOW).toBeGreaterThanOrEqual(0);
    expect(toMs - NOW).toBeLessThan(stepSeconds * 1_000);
  },
);
