import { expect, test } from '@jest/globals';
import { STREAM_STATES } from '@mediamtx-monitor/types';
import { lookOf } from '../../src/model/streams.ts';

test('only what is live looks well; everything else without trouble is at rest, or unknown', () => {
  expect(Object.fromEntries(STREAM_STATES.map((state) => [state, lookOf('ok', state)]))).toEqual({
    live: 'ok',
    idle: 'rest',
    waiting: 'rest',
    stalled: 'rest',
    standby: 'rest',
    missing: 'rest',
    unknown: 'unknown',
  });
});

test.each(STREAM_STATES)('trouble of what is %s looks like trouble', (state) => {
  for (const health of ['warning', 'critical', 'unknown'] as const)
    expect(lookOf(health, state)).toBe(health);
});
