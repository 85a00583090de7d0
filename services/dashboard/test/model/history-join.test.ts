import { describe, expect, test } from '@jest/globals';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { joinHistory, stepsOf } from '../../src/model/history-join.ts';

const T0 = Date.parse('2026-11-30T00:00:00Z');
const STEP_MS = 300_000;

/** An answer that begins with this step. */
function answer(first: number, mean: readonly (number | null)[], more: object = {}): HistoryAnswer {
  return {
    from: new Date(T0 + first * STEP_MS).toISOString(),
    to: new Date(T0 + (first + mean.length) * STEP_MS).toISOString(),
    stepSeconds: 300,
    fields: { inboundMbps: { mean, ...more } },
  };
}

describe('what is newer', () => {
  test('goes on where the known ends, and what is too old is left out', () => {
    const joined = joinHistory(answer(0, [1, 2, 3]), answer(3, [4]), T0 + STEP_MS);
    expect(joined).toStrictEqual(answer(1, [2, 3, 4]));
  });

  test('counts where both tell of a step', () => {
    expect(joinHistory(answer(0, [1, 2, null]), answer(1, [2.5, 3, 4]), T0)).toStrictEqual(
      answer(0, [1, 2.5, 3, 4]),
    );
  });

  test('keeps unknown steps unknown, and so what only one of both tells', () => {
    const joined = joinHistory(answer(0, [1, null], { min: [0, null] }), answer(2, [3], { max: [4] }), T0);
    expect(joined).toStrictEqual(answer(0, [1, null, 3], { min: [0, null, null], max: [null, null, 4] }));
  });

  test('has a field that wasn’t told before', () => {
    const { fields, ...rest } = answer(1, [2]);
    const newer = { ...rest, fields: { ...fields, state: { worst: ['live'] } } };
    expect(joinHistory(answer(0, [1]), newer, T0)?.fields['state']).toStrictEqual({ worst: [null, 'live'] });
  });

  test.each([
    ['steps of another length', { ...answer(3, [4]), stepSeconds: 30 }],
    ['steps that are missing in between', answer(4, [5])],
    ['a beginning before all that is known', answer(-1, [0, 1, 2, 3, 4])],
  ])('doesn’t fit with %s', (_what, newer) => {
    expect(joinHistory(answer(0, [1, 2, 3]), newer, T0)).toBeNull();
  });

  test('is cut as well when it begins too early, but never to nothing', () => {
    expect(joinHistory(answer(0, [1, 2]), answer(2, [3, 4, 5]), T0 + 3 * STEP_MS)).toStrictEqual(
      answer(3, [4, 5]),
    );
    expect(joinHistory(answer(0, [1, 2]), answer(2, [3, 4]), T0 + 99 * STEP_MS)).toStrictEqual(
      answer(3, [4]),
    );
  });
});

test('an answer has as many steps as its time holds', () => {
  expect(stepsOf(answer(0, [1, 2, 3]))).toBe(3);
});
