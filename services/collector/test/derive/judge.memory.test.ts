import { describe, expect, test } from '@jest/globals';
import { judge, NO_RULES, type HealthRule } from '../../src/derive/judge.ts';
import { DEFAULT_THRESHOLDS } from '../../src/derive/settings.ts';
import { iso } from './facts.ts';

interface MemoryMeasures {
  readonly value: number | null;
}
const LOSS: HealthRule<MemoryMeasures> = {
  code: 'link-loss',
  unwell: 'above',
  measure: ({ value }) => value,
  isState: false,
  holds: false,
};
const LOW: HealthRule<MemoryMeasures> = { ...LOSS, code: 'bitrate-low', unwell: 'below' };
const THRESHOLDS = {
  ...DEFAULT_THRESHOLDS,
  'link-loss': { warning: 1, critical: null },
  'bitrate-low': { warning: 2, critical: 1 },
};

/** What is remembered after each of these, one a second. */
function memories(values: readonly (number | null)[], rules = [LOSS]) {
  let memory = NO_RULES;
  return values.map((value, second) => {
    const hysteresis = { enterTicks: 3, leaveTicks: 5 };
    ({ memory } = judge(rules, { value }, THRESHOLDS, memory, hysteresis, second * 1_000));
    return memory;
  });
}

describe('what is remembered of a rule', () => {
  test('is nothing while all is well, nor once what was counted is over', () => {
    for (const well of [0, null]) {
      expect(memories([well])).toStrictEqual([[]]);
      expect(memories([2, 2, well]).at(-1)).toStrictEqual([]);
    }
  });

  test('stays what it is while its reason stands', () => {
    const [entered, stands] = memories([2, 2, 2, 9]).slice(2);
    expect(entered).toStrictEqual([
      { code: 'link-loss', severity: 'warning', active: true, since: iso(2_000), against: 0 },
    ]);
    expect(stands?.[0]).toBe(entered?.[0]);
  });

  test.each([1, 2, 3, 4])('counts anew after %p ticks that spoke against it', (ticks) => {
    const against = Array.from({ length: ticks }, () => 0);
    const stood = memories([2, 2, 2, ...against, 2, 0, 0, 0, 0]).at(-1);
    expect(stood).toMatchObject([{ active: true, since: iso(2_000), against: 4 }]);
  });
});

test('what isn’t known isn’t below any limit', () => {
  expect(memories([null, null, null, null], [LOW]).at(-1)).toStrictEqual([]);
});
