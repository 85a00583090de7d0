import { describe, expect, test } from '@jest/globals';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { historyLines, historyWords, lonePoints } from '../../src/model/history-lines.ts';

const answer = (fields: HistoryAnswer['fields'], stepSeconds = 300): HistoryAnswer => ({
  from: '1970-01-01T00:00:00.000Z',
  to: '1970-01-01T00:15:00.000Z',
  stepSeconds,
  fields,
});

describe('lines of a number', () => {
  test('stand in the middle of their steps, with least and greatest as they are told', () => {
    const cam = answer({ readers: { mean: [1, null, 3], min: [0, null, 3], max: [2, null, 4] } });
    expect(historyLines([cam], 'readers', Infinity)).toStrictEqual({
      times: [150, 450, 750],
      lines: [{ mean: [1, null, 3], low: [0, null, 3], high: [2, null, 4], hasBand: true }],
    });
  });

  test('have no band of means alone, and one from the mean where no least is kept', () => {
    const [means] = historyLines([answer({ x: { mean: [1, 2, 3] } })], 'x', Infinity).lines;
    expect(means).toMatchObject({ low: [1, 2, 3], high: [1, 2, 3], hasBand: false });
    const [worst] = historyLines([answer({ x: { mean: [1, 2, 3], max: [4, 5, 6] } })], 'x', Infinity).lines;
    expect(worst).toMatchObject({ low: [1, 2, 3], high: [4, 5, 6], hasBand: true });
  });

  test('of steps of different length share their times: no point isn’t unknown', () => {
    const fine = answer({ x: { mean: [1, null, 3] } });
    const coarse = answer({ x: { mean: [7] } }, 900);
    const { times, lines } = historyLines([fine, coarse], 'x', Infinity);
    expect(times).toStrictEqual([150, 450, 750]);
    expect(lines.map(({ mean }) => mean)).toStrictEqual([
      [1, null, 3],
      [undefined, 7, undefined],
    ]);
  });

  test('are empty of what isn’t there yet, and unknown where a number isn’t told', () => {
    expect(historyLines([undefined], 'x', Infinity)).toStrictEqual({
      times: [],
      lines: [{ mean: [], low: [], high: [], hasBand: false }],
    });
    expect(historyLines([answer({})], 'x', Infinity).lines[0]?.mean).toStrictEqual([null, null, null]);
  });
});

test('words are those of each step, and none where they aren’t told', () => {
  expect(historyWords(answer({ state: { worst: ['live', null, 'idle'] } }), 'state')).toStrictEqual([
    'live',
    null,
    'idle',
  ]);
  expect(historyWords(answer({}), 'state')).toStrictEqual([]);
  expect(historyWords(undefined, 'state')).toStrictEqual([]);
});

test.each([
  ['none in a line', [1, 2, 3], []],
  ['one between gaps', [null, 2, null], [1]],
  ['the first and the last', [1, null, 3], [0, 2]],
  ['none that only another line parts', [1, undefined, 3], []],
  ['one with a gap behind what another line parts', [null, undefined, 3], [2]],
])('points without a neighbour: %s', (_what, values, lone) => {
  expect(lonePoints(values)).toStrictEqual(lone);
});

test('the point of a step that goes on stands in what is over of it', () => {
  const cam = answer({ x: { mean: [1, 2, 3] } });
  const from = Date.parse(cam.from) / 1_000;
  const step = cam.stepSeconds;
  const { times } = historyLines([cam], 'x', (from + 2.5 * step) * 1_000);
  expect(times.map((time) => (time - from) / step)).toStrictEqual([0.5, 1.5, 2.25]);
});
