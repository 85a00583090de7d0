import { describe, expect, test } from '@jest/globals';
import type { StreamAvailability } from '@mediamtx-monitor/types';
import {
  downtimeMs,
  floored,
  isPartlyKnown,
  longestMs,
  outageMs,
  reportTime,
  worstAvailable,
} from '../../src/model/report.ts';

const DAY_MS = 86_400_000;
const NOW = new Date(2026, 0, 15, 12, 30).getTime();
const timeOf = (view: Partial<Parameters<typeof reportTime>[0]>) =>
  reportTime({ window: null, from: null, to: null, ...view }, NOW);

describe('the time of a report', () => {
  test('is a week unless chosen', () => {
    expect(timeOf({})).toStrictEqual({ fromMs: NOW - 7 * DAY_MS, toMs: NOW });
    expect(timeOf({ window: '24h' })).toStrictEqual({ fromMs: NOW - DAY_MS, toMs: NOW });
  });

  test('months are whole, of the local time', () => {
    expect(timeOf({ window: 'this-month' })).toStrictEqual({
      fromMs: new Date(2026, 0, 1).getTime(),
      toMs: NOW,
    });
    expect(timeOf({ window: 'last-month' })).toStrictEqual({
      fromMs: new Date(2025, 11, 1).getTime(),
      toMs: new Date(2026, 0, 1).getTime(),
    });
  });

  test('of one’s own has to be complete and in order, and ends now at the latest', () => {
    expect(timeOf({ window: 'own', from: 1, to: 5 })).toStrictEqual({ fromMs: 1, toMs: 5 });
    expect(timeOf({ window: 'own', from: NOW - 5, to: NOW + 5 })).toStrictEqual({
      fromMs: NOW - 5,
      toMs: NOW,
    });
    for (const [from, to] of [
      [null, 5],
      [5, null],
      [5, 5],
      [6, 5],
      [NOW, NOW + 5],
    ] as const) {
      expect(timeOf({ window: 'own', from, to })).toBeNull();
    }
  });
});

const item = (
  stream: string,
  percent: number | null,
  changes: Partial<StreamAvailability> = {},
): StreamAvailability => ({
  server: 'main',
  stream,
  uptimeSeconds: 1,
  downtimeSeconds: 0,
  unknownSeconds: 0,
  percent,
  knownPercent: 100,
  outages: [],
  meanTimeBetweenOutagesSeconds: null,
  restarts: 0,
  worstHealth: null,
  expected: null,
  ...changes,
});

test('the worst comes first, what nothing is known of last', () => {
  const items = [
    item('well', 100),
    item('unknown', null),
    item('cam10', 100),
    item('cam2', 100),
    item('bad', 20),
    item('down', 100, { downtimeSeconds: 1 }),
    item('lost', 100, { unknownSeconds: 5 }),
  ];
  expect(worstAvailable(items).map(({ stream }) => stream)).toStrictEqual([
    'bad',
    'down',
    'lost',
    'cam2',
    'cam10',
    'well',
    'unknown',
  ]);
});

test('nothing is rounded up to what it isn’t', () => {
  expect([100, 99.9999, 99.9989, 66.1, 0.29, null].map(floored)).toStrictEqual([
    100,
    99.999,
    99.998,
    66.1,
    0.29,
    null,
  ]);
});

test('the longest outage is as long as is known of it', () => {
  const outage = (lengthSeconds: number) =>
    ({ kind: 'offline', start: '', end: null, lengthSeconds, cause: null }) as const;
  expect(longestMs({ outages: [outage(3), outage(9), outage(4)] })).toBe(9_000);
  expect(longestMs({ outages: [] })).toBeNull();
});

describe('an outage', () => {
  const outage = (start: string, end: string | null, lengthSeconds: number) =>
    ({
      kind: 'stalled',
      start: `2026-11-30T22:28:${start}Z`,
      end: end && `2026-11-30T22:28:${end}Z`,
      lengthSeconds,
      cause: null,
    }) as const;
  const short = outage('04.022', '12.010', 7.988);

  test('is as long as its times say, alone, in the sum and as the longest', () => {
    expect([
      outageMs(short),
      downtimeMs({ outages: [short] }),
      longestMs({ outages: [short] }),
    ]).toStrictEqual([8_000, 8_000, 8_000]);
    expect(isPartlyKnown(short)).toBe(false);
  });

  test('counts as far as it is known', () => {
    const unseen = outage('04.000', '44.000', 9.5);
    const open = outage('04.000', null, 12.25);
    expect([unseen, open].map(outageMs)).toStrictEqual([9_500, 12_250]);
    expect([unseen, open].map(isPartlyKnown)).toStrictEqual([true, true]);
    expect(downtimeMs({ outages: [short, unseen, open] })).toBe(29_750);
  });
});
