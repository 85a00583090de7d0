import { expect, test } from '@jest/globals';
import { alignSamples } from '../../src/data/stream-watch.ts';

test('a publisher’s numbers stand beside the stream’s ticks; what was missed is unknown', () => {
  const sample = (tick: string, value: number) => ({
    tick,
    rttP50Ms: value,
    rttP95Ms: value,
    lossPercent: value,
  });
  const columns = alignSamples(
    ['1 1', '1 2', '', '1 3'],
    [sample('1 2', 20), sample('1 3', 30), sample('1 4', 40)],
  );
  expect(columns.rttP95Ms).toEqual([null, 20, null, 30]);
  expect(columns.lossPercent).toEqual([null, 20, null, 30]);
});
