import { describe, expect, test } from '@jest/globals';
import { absenceReason, type StreamAbsence } from '../../src/derive/absence.ts';
import { DEFAULT_THRESHOLDS } from '../../src/derive/index.ts';
import type { Away } from '../../src/derive/memory.ts';
import { isoAfter, momentAt, START_MS } from './facts.ts';

const NOW_MS = 1_000_000;
const FROM_MS = 400_000;
/** A moment of the monotonic clock. */
const at = (monotonicMs: number) => momentAt(START_MS + monotonicMs);
const due = (openedAtMs: number, forMs = 30_000) => ({ openedAt: at(openedAtMs), forMs });

/** Why a stream isn't live that is at rest, but for what is given. */
function reasonOf(
  fields: Partial<Omit<StreamAbsence, 'away'>> & { readonly away?: Partial<Away> } = {},
  limits: Partial<typeof DEFAULT_THRESHOLDS> = {},
  nowMs = NOW_MS,
) {
  const away: Away = {
    since: isoAfter(FROM_MS),
    fromMs: FROM_MS,
    isMissed: false,
    wasStalled: false,
    reasonCode: null,
    ...fields.away,
  };
  const absence = {
    wasLive: true,
    due: [],
    isPulledAlways: false,
    isAsked: false,
    isOnDemand: false,
    isOutside: false,
    pullError: null,
    offAirMs: 600_000,
    ...fields,
    away,
  };
  return absenceReason(absence, { ...DEFAULT_THRESHOLDS, ...limits }, at(nowMs));
}

describe('a stream that is expected', () => {
  test('is not live once any of its expectations has waited for long enough, not before', () => {
    const expected = { due: [due(0, 3_600_000), due(0, 600_000)] };
    expect(reasonOf(expected)).toBeNull();
    expect(reasonOf(expected, {}, NOW_MS + 1)).toMatchObject({ code: 'not-live', since: isoAfter(FROM_MS) });
  });

  test('that never was live is missed since the first of them holds', () => {
    const [early, late] = [due(500_000), due(600_000)];
    for (const expected of [[early, late], [late, early], [early]]) {
      expect(reasonOf({ wasLive: false, due: expected })?.since).toBe(isoAfter(500_000));
    }
    expect(reasonOf({ wasLive: false, due: [late, due(100)] })?.since).toBe(isoAfter(FROM_MS));
  });

  test('that is pulled, too, is down since it isn’t live, while it may still be not live for longer', () => {
    const pulled = { wasLive: false, isPulledAlways: true, due: [due(500_000, 3_600_000)] };
    expect(reasonOf(pulled)).toMatchObject({ code: 'source-down', since: isoAfter(FROM_MS) });
  });

  test('from the moment on at which it went stays off air for as long as it may be away', () => {
    const gone = { away: { isMissed: true } };
    expect(reasonOf({ ...gone, due: [due(FROM_MS, 3_600_000)] })).toMatchObject({ code: 'off-air' });
    expect(reasonOf({ ...gone, due: [due(FROM_MS + 1, 3_600_000)] })).toBeNull();
    expect(reasonOf({ ...gone, due: [due(FROM_MS + 1, 3_600_000), due(0, 3_600_000)] })).toMatchObject({
      code: 'off-air',
    });
  });
});

test('a source is down when its stream is away for more than 30 s', () => {
  const pulled = { isPulledAlways: true };
  expect(reasonOf(pulled, {}, FROM_MS + 30_000)).toBeNull();
  expect(reasonOf(pulled, {}, FROM_MS + 30_001)).toMatchObject({ code: 'source-down' });
});

describe('what MediaMTX says of a source stands beside', () => {
  test.each([
    ['not-live', { due: [due(0)] }],
    ['source-down', { isPulledAlways: true }],
    ['off-air', { isPulledAlways: true, isAsked: true, away: { isMissed: true } }],
  ] as const)('%s', (code, fields) => {
    expect(reasonOf({ ...fields, pullError: 'EOF' })).toMatchObject({ code, detail: 'EOF' });
    expect(reasonOf(fields)).not.toHaveProperty('detail');
  });
});

describe('limits are compared with 1, and with 2 of a stream that went badly', () => {
  test.each([
    ['not-live', { due: [due(0)] }, 1],
    ['not-live', { due: [due(0)], away: { reasonCode: 'not-live' } }, 1],
    ['source-down', { isPulledAlways: true }, 1],
    ['source-down', { isPulledAlways: true, away: { reasonCode: 'source-down' } }, 1],
    ['off-air', { offAirMs: 700_000, away: { isMissed: true } }, 1],
    ['off-air', { offAirMs: 700_000, away: { isMissed: true, wasStalled: true } }, 2],
    ['off-air', { isPulledAlways: true, isAsked: true, away: { isMissed: true } }, 2],
  ] as const)('%s: %j', (code, fields, measured) => {
    const below = { [code]: { warning: measured - 1, critical: measured } };
    expect(reasonOf(fields, below)).toMatchObject({ code, severity: 'warning' });
    expect(reasonOf(fields, { [code]: { warning: null, critical: measured - 1 } })).toMatchObject({
      code,
      severity: 'critical',
    });
  });
});
