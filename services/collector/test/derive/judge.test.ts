import { describe, expect, test } from '@jest/globals';
import type { ReasonCode } from '@mediamtx-monitor/types';
import { judge, NO_RULES, rememberReasons, type HealthRule } from '../../src/derive/judge.ts';
import {
  DEFAULT_THRESHOLDS,
  type Hysteresis,
  type Limits,
  type Thresholds,
} from '../../src/derive/settings.ts';
import { iso } from './facts.ts';

interface Measures {
  readonly value: number | null;
}
const rule = (fields: Partial<HealthRule<Measures>> = {}): HealthRule<Measures> => ({
  code: 'link-loss',
  unwell: 'above',
  measure: ({ value }) => value,
  isState: false,
  holds: false,
  ...fields,
});
const limits = (code: ReasonCode, changed: Limits): Thresholds => ({
  ...DEFAULT_THRESHOLDS,
  [code]: changed,
});
const LOSS = limits('link-loss', { warning: 1, critical: 5 });

/** Judges tick after tick, one a second from 0; tells what stood at each: severity, measured, limit and second. */
function course(
  values: readonly (number | null)[],
  {
    rules = [rule()],
    thresholds = LOSS,
    hysteresis = { enterTicks: 3, leaveTicks: 5 },
  }: { rules?: HealthRule<Measures>[]; thresholds?: Thresholds; hysteresis?: Hysteresis } = {},
) {
  let memory = NO_RULES;
  return values.map((value, second) => {
    const verdict = judge(rules, { value }, thresholds, memory, hysteresis, second * 1_000);
    memory = verdict.memory;
    return verdict;
  });
}
const healths = (...args: Parameters<typeof course>) => course(...args).map(({ health }) => health);

describe('entering', () => {
  test('takes three ticks in a row', () => {
    expect(healths([2, 2, 2])).toStrictEqual(['ok', 'ok', 'warning']);
    expect(healths([2, 2, 0, 2, 2, 0, 2, 2])).not.toContain('warning');
    expect(healths([2, 2, 0, 2, 2, 2]).at(-1)).toBe('warning');
  });

  test('needs more than the limit', () => {
    expect(healths([1, 1, 1, 1])).toStrictEqual(['ok', 'ok', 'ok', 'ok']);
    expect(healths([1.001, 1.001, 1.001]).at(-1)).toBe('warning');
  });

  test('says code, what was measured, the limit, and when it was entered', () => {
    expect(course([2, 3, 2.34567]).at(-1)?.reasons).toStrictEqual([
      { code: 'link-loss', severity: 'warning', measured: 2.346, limit: 1, since: iso(2_000) },
    ]);
  });

  test('an unknown measure breaks the row', () => {
    expect(healths([2, 2, null, 2, 2])).not.toContain('warning');
  });
});

describe('leaving', () => {
  test('takes five ticks in a row', () => {
    expect(healths([2, 2, 2, 0, 0, 0, 0, 0, 0]).slice(2)).toStrictEqual([
      'warning',
      'warning',
      'warning',
      'warning',
      'warning',
      'ok',
      'ok',
    ]);
    expect(healths([2, 2, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0]).slice(2)).not.toContain('ok');
  });

  test('at the limit counts as well', () => {
    expect(healths([2, 2, 2, 1, 1, 1, 1, 1]).at(-1)).toBe('ok');
  });

  test('shows what is measured meanwhile, and since as it was', () => {
    expect(course([2, 2, 2, 0.5]).at(-1)?.reasons).toStrictEqual([
      { code: 'link-loss', severity: 'warning', measured: 0.5, limit: 1, since: iso(2_000) },
    ]);
  });

  test('an unknown measure leaves, and shows null', () => {
    const verdicts = course([2, 2, 2, null, null, null, null, null]);
    expect(verdicts[6]?.reasons).toMatchObject([{ measured: null, limit: 1 }]);
    expect(verdicts[7]).toStrictEqual({ health: 'ok', reasons: [], memory: [] });
  });

  test('entering again takes three ticks again, with a new since', () => {
    const verdicts = course([2, 2, 2, 0, 0, 0, 0, 0, 2, 2, 2]);
    expect(verdicts.map(({ health }) => health).slice(7)).toStrictEqual(['ok', 'ok', 'ok', 'warning']);
    expect(verdicts.at(-1)?.reasons[0]?.since).toBe(iso(10_000));
  });
});

describe('warning and critical', () => {
  test('together: critical speaks for both', () => {
    expect(course([9, 9, 9]).at(-1)).toMatchObject({
      health: 'critical',
      reasons: [{ severity: 'critical', limit: 5, since: iso(2_000) }],
    });
    expect(course([9, 9, 9]).at(-1)?.reasons).toHaveLength(1);
  });

  test('worse: critical after three ticks above its limit, warning till then', () => {
    expect(healths([2, 2, 2, 9, 9, 9])).toStrictEqual([
      'ok',
      'ok',
      'warning',
      'warning',
      'warning',
      'critical',
    ]);
    expect(course([2, 2, 2, 9, 9, 9]).at(-1)?.reasons[0]?.since).toBe(iso(5_000));
  });

  test('two ticks critical within a longer warning are a warning', () => {
    expect(healths([2, 9, 9, 2, 2])).toStrictEqual(['ok', 'ok', 'warning', 'warning', 'warning']);
  });

  test('better: a warning again after five ticks, since it became one', () => {
    const verdicts = course([9, 9, 9, 2, 2, 2, 2, 2]);
    expect(verdicts.map(({ health }) => health).slice(2)).toStrictEqual([
      'critical',
      'critical',
      'critical',
      'critical',
      'critical',
      'warning',
    ]);
    expect(verdicts.at(-1)?.reasons).toMatchObject([{ severity: 'warning', since: iso(2_000) }]);
  });

  test('well at once: both leave together', () => {
    expect(healths([9, 9, 9, 0, 0, 0, 0, 0]).slice(6)).toStrictEqual(['critical', 'ok']);
  });
});

describe('limits', () => {
  test('null is off, each severity for itself', () => {
    const off = (changed: Limits) => ({ thresholds: limits('link-loss', changed) });
    expect(healths([99, 99, 99, 99], off({ warning: null, critical: null })).at(-1)).toBe('ok');
    expect(healths([99, 99, 99, 99], off({ warning: 1, critical: null })).at(-1)).toBe('warning');
    expect(healths([4, 4, 4, 4], off({ warning: null, critical: 5 })).at(-1)).toBe('ok');
    expect(healths([6, 6, 6, 6], off({ warning: null, critical: 5 })).at(-1)).toBe('critical');
  });

  test('0 is a limit', () => {
    const thresholds = limits('link-loss', { warning: 0, critical: null });
    expect(healths([0.01, 0.01, 0.01], { thresholds }).at(-1)).toBe('warning');
    expect(healths([0, 0, 0], { thresholds }).at(-1)).toBe('ok');
  });

  test('below: the lower, the worse', () => {
    const options = {
      rules: [rule({ code: 'bitrate-low', unwell: 'below' })],
      thresholds: limits('bitrate-low', { warning: 2, critical: 1 }),
    };
    expect(healths([2, 2, 2], options).at(-1)).toBe('ok');
    expect(course([1.5, 1.5, 1.5], options).at(-1)?.reasons).toMatchObject([
      { code: 'bitrate-low', severity: 'warning', measured: 1.5, limit: 2 },
    ]);
    expect(healths([0.5, 0.5, 0.5], options).at(-1)).toBe('critical');
  });
});

describe('a state', () => {
  const options = {
    rules: [rule({ code: 'stalled', isState: true })],
    thresholds: limits('stalled', { warning: null, critical: 0 }),
  };

  test('is entered and left at once, and has no number', () => {
    const verdicts = course([0, 1, 1, 0, 1], options);
    expect(verdicts.map(({ health }) => health)).toStrictEqual([
      'ok',
      'critical',
      'critical',
      'ok',
      'critical',
    ]);
    expect(verdicts[2]?.reasons).toStrictEqual([
      { code: 'stalled', severity: 'critical', measured: null, limit: null, since: iso(1_000) },
    ]);
    expect(verdicts[4]?.reasons[0]?.since).toBe(iso(4_000));
  });

  test('can be switched off', () => {
    const off = { ...options, thresholds: limits('stalled', { warning: null, critical: null }) };
    expect(healths([1, 1], off)).toStrictEqual(['ok', 'ok']);
  });
});

test.each([
  [{ enterTicks: 1, leaveTicks: 1 }, ['critical', 'critical', 'ok', 'critical']],
  [{ enterTicks: 2, leaveTicks: 1 }, ['ok', 'critical', 'ok', 'ok']],
  [{ enterTicks: 1, leaveTicks: 2 }, ['critical', 'critical', 'critical', 'critical']],
])('with %p ticks', (hysteresis, expected) => {
  expect(healths([9, 9, 0, 9], { hysteresis })).toStrictEqual(expected);
});

test('rules are judged apart, in the order of their table', () => {
  const both = course([9, 9, 9, 2, 2, 2, 2, 2], {
    rules: [
      rule({ code: 'rtp-loss' }),
      rule({ code: 'discards', measure: ({ value }) => value && value - 2 }),
    ],
    thresholds: {
      ...limits('rtp-loss', { warning: null, critical: 5 }),
      discards: { warning: 0, critical: null },
    },
  });
  expect(both[2]?.reasons.map(({ code, severity }) => [code, severity])).toStrictEqual([
    ['rtp-loss', 'critical'],
    ['discards', 'warning'],
  ]);
  expect(both.at(-1)).toMatchObject({ health: 'ok', reasons: [], memory: [] });
});

test('what is remembered of published reasons stands, and is left as any other', () => {
  const since = iso(500);
  const reasons = [
    { code: 'link-loss', severity: 'critical', measured: 9, limit: 5, since },
    { code: 'stalled', severity: 'critical', measured: null, limit: null, since },
  ] as const;
  let memory: ReturnType<typeof rememberReasons> | typeof NO_RULES = rememberReasons(
    reasons,
    new Set(['link-loss']),
  );
  expect(memory).toHaveLength(1);
  const seen = [9, 0, 0, 0, 0, 0].map((value, second) => {
    const hysteresis = { enterTicks: 3, leaveTicks: 5 };
    const verdict = judge([rule()], { value }, LOSS, memory, hysteresis, second * 1_000);
    memory = verdict.memory;
    return verdict.reasons.map((reason) => [reason.severity, reason.since]);
  });
  expect(seen).toStrictEqual([...Array.from({ length: 5 }, () => [['critical', since]]), []]);
});

describe('a rule that holds', () => {
  const rules = [rule({ holds: true })];

  test('keeps its reason while its measure isn’t known, and counts on from there', () => {
    const outcomes = course([2, 2, 2, null, null, null, null, null, null, 2, 0, 0, 0, 0, 0], { rules });
    expect(outcomes.map(({ health }) => health)).toStrictEqual([
      ...['ok', 'ok'],
      ...Array.from({ length: 12 }, () => 'warning'),
      'ok',
    ]);
    expect(outcomes[8]?.reasons).toMatchObject([{ code: 'link-loss', measured: null, limit: 1 }]);
  });

  test('enters none for what isn’t known, and forgets nothing of what it counted', () => {
    expect(healths([null, null, null, null], { rules })).not.toContain('warning');
    expect(healths([2, 2, null, 2], { rules }).at(-1)).toBe('warning');
  });
});
