import { expect, test } from '@jest/globals';
import { CompleteTicks } from '../../src/collector/complete.ts';

const UP = { status: 'up', error: null, version: 'v1.20.1' } as const;

test('each complete tick counts once, however often it is seen', () => {
  const ticks = new CompleteTicks();
  for (const seq of [1, 1, 2, 2, 2]) ticks.see({ epoch: 7, seq, source: UP, missing: [] });
  expect(ticks.count).toBe(2);
});

test('a tick that failed or lacks a list doesn’t count, the same number of another epoch does', () => {
  const ticks = new CompleteTicks();
  ticks.see({ epoch: 7, seq: 1, source: { ...UP, status: 'timeout' }, missing: [] });
  ticks.see({ epoch: 7, seq: 2, source: UP, missing: ['srtconns'] });
  ticks.see({ epoch: 7, seq: 3, source: UP, missing: [] });
  ticks.see({ epoch: 8, seq: 3, source: UP, missing: [] });
  expect(ticks.count).toBe(2);
});
