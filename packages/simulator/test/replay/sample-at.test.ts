import { expect, test } from '@jest/globals';
import { createSampleAt } from '../../src/replay/sample-at.ts';

const samplesAt = (...seconds: readonly number[]) =>
  seconds.map((second) => ({ takenAt: new Date(second * 1_000).toISOString(), lists: {} }));

test.each([
  [0, 0],
  [999, 0],
  [1_000, 1],
  [1_998, 1],
  [2_002, 1],
  [3_999, 1],
  [4_000, 2],
  [6_000, 2],
  [1e9, 2],
])('after %d ms the nearest sample is answered, at last the last one', (elapsedMs, index) => {
  const samples = samplesAt(100, 102, 106);
  expect(createSampleAt(samples)(elapsedMs)).toBe(samples[index]);
});

test('one sample stays for ever', () => {
  const samples = samplesAt(7);
  for (const elapsedMs of [0, 1e9]) expect(createSampleAt(samples)(elapsedMs)).toBe(samples[0]);
});
