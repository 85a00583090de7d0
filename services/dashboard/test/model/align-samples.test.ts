import { expect, test } from '@jest/globals';
import { alignSamples } from '../../src/model/align-samples.ts';

test('a publisher’s numbers stand beside the stream’s times; what was missed is unknown', () => {
  const sample = (time: number, value: number) => ({
    time,
    rttP50Ms: value,
    rttP95Ms: value,
    lossPercent: value,
  });
  const columns = alignSamples([1, 2, 3], [sample(2, 20), sample(3, 30), sample(4, 40)]);
  expect(columns.rttP95Ms).toEqual([null, 20, 30]);
  expect(columns.lossPercent).toEqual([null, 20, 30]);
});
