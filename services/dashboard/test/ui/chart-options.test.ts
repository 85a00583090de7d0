import { expect, test } from '@jest/globals';
import type uPlot from 'uplot';
import { drawTicks, fractionOf, timeRange } from '../../src/ui/chart-options.ts';

test.each([
  ['a single sample has two minutes before it, not a day after it', [1_000], [880, 1_000]],
  ['little is not stretched', [950, 1_000], [880, 1_000]],
  ['all is in view', [400, 700, 1_000], [400, 1_000]],
])('%s', (_what, times, range) => {
  expect(timeRange({ data: [times] })).toStrictEqual(range);
});

test.each([
  [20, 0],
  [2.5, 1],
  [0.25, 2],
  [0.02, 2],
  [0.025, 3],
])('the lines of an axis that are %p apart need %p digits behind the point', (step, digits) => {
  expect(fractionOf(step)).toBe(digits);
});

test('what happened stands as ticks on the time axis, in the colour of how bad it is, and only where it is in view', () => {
  const drawn: (readonly [colour: string, x: number])[] = [];
  const ctx = {
    fillStyle: '',
    save: () => undefined,
    restore: () => undefined,
    fillRect: (x: number) => {
      drawn.push([ctx.fillStyle, x]);
    },
  };
  const plot = {
    ctx,
    bbox: { top: 0, height: 100 },
    scales: { x: { min: 100, max: 200 } },
    valToPos: (seconds: number) => seconds,
  };
  const ticks = [
    { atMs: 99_000, severity: 'info' },
    { atMs: 150_000, severity: 'critical' },
    { atMs: 201_000, severity: 'warning' },
  ] as const;
  Object.assign(globalThis, { devicePixelRatio: 1 });
  const style = { getPropertyValue: (name: string) => name } as CSSStyleDeclaration;
  drawTicks(plot as unknown as uPlot, ticks, style);
  expect(drawn).toStrictEqual([['--event-critical', 149]]);
});
