import { describe, expect, test } from '@jest/globals';
import type { RunKind, RunPiece } from '@mediamtx-monitor/model';
import { lastDays, upShare } from '../../src/status/days.ts';
import { downTimes } from '../../src/status/incidents.ts';
import { languageOf, STATUS_TEXTS } from '../../src/status/texts.ts';

const HOUR = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('the last days', () => {
  test('begin at midnight of the time zone, also where clocks are set', () => {
    const days = lastDays(Date.parse('2026-10-26T12:00:00Z'), 'Europe/Berlin', 3);
    expect(days.map(({ date, fromMs }) => [date, iso(fromMs)])).toStrictEqual([
      ['2026-10-24', '2026-10-23T22:00:00.000Z'],
      ['2026-10-25', '2026-10-24T22:00:00.000Z'],
      ['2026-10-26', '2026-10-25T23:00:00.000Z'],
    ]);
  });

  test('end with today there, which may be tomorrow here', () => {
    const now = Date.parse('2026-11-29T12:00:00.500Z');
    expect(lastDays(now, 'Pacific/Kiritimati', 1)[0]?.date).toBe('2026-11-30');
    expect(lastDays(now, 'UTC', 30)).toHaveLength(30);
    expect(lastDays(now, 'UTC', 30)[0]).toStrictEqual({
      date: '2026-10-31',
      fromMs: Date.parse('2026-10-31T00:00:00Z'),
    });
  });

  test('reckon with every zone that Node knows', () => {
    const now = Date.parse('2026-11-29T12:00:00Z');
    for (const timeZone of Intl.supportedValuesOf('timeZone')) {
      const days = lastDays(now, timeZone, 30);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
      const shown = days.map(({ fromMs }) => clock.format(fromMs));
      expect([timeZone, new Set(shown)]).toStrictEqual([timeZone, new Set(['00:00:00'])]);
    }
  });
});

const piecesOf = (...parts: readonly (readonly [RunKind, number])[]): RunPiece[] =>
  parts.map(([kind, toHour], index) => ({
    kind,
    fromMs: (parts[index - 1]?.[1] ?? 0) * HOUR,
    toMs: toHour * HOUR,
  }));

test('a share is of what is known and scheduled, and rounded down', () => {
  const pieces = piecesOf(['unknown', 2], ['up', 5], ['down', 6], ['unscheduled', 10]);
  expect(upShare(pieces, 0, 10 * HOUR)).toStrictEqual({
    ...{ percent: 75, knownPercent: 66.6666 },
    ...{ uptimeSeconds: 10_800, downtimeSeconds: 3_600, unknownSeconds: 7_200 },
  });
  expect(upShare(pieces, HOUR, 2 * HOUR)).toStrictEqual({
    ...{ percent: null, knownPercent: 0 },
    ...{ uptimeSeconds: 0, downtimeSeconds: 0, unknownSeconds: 3_600 },
  });
  expect(upShare(pieces, 6 * HOUR, 10 * HOUR)).toMatchObject({ percent: null, unknownSeconds: 0 });
  const nearly = [
    ...piecesOf(['up', 720]),
    { kind: 'down', fromMs: 720 * HOUR, toMs: 720 * HOUR + 1 } as const,
  ];
  expect(upShare(nearly, 0, 721 * HOUR).percent).toBe(99.9999);
});

test('a time of being down is over when it is told to have been up, also where nobody looked', () => {
  expect(downTimes(piecesOf(['up', 1], ['down', 2], ['unknown', 3], ['unseen', 4], ['up', 5]))).toStrictEqual(
    [{ fromMs: HOUR, toMs: 3 * HOUR, untilMs: 3 * HOUR, unknownMs: HOUR }],
  );
  expect(upShare(piecesOf(['up', 1], ['unseen', 3]), 0, 3 * HOUR)).toMatchObject({ unknownSeconds: 7_200 });
});

test('what nobody knows in between ends no time of being down', () => {
  expect(
    downTimes(piecesOf(['up', 1], ['down', 2], ['unknown', 3], ['down', 4], ['unknown', 5], ['up', 6])),
  ).toStrictEqual([{ fromMs: HOUR, toMs: 5 * HOUR, untilMs: 5 * HOUR, unknownMs: 2 * HOUR }]);
  expect(downTimes(piecesOf(['down', 1], ['unscheduled', 2], ['down', 3], ['unknown', 4]))).toStrictEqual([
    { fromMs: 0, toMs: HOUR, untilMs: HOUR, unknownMs: 0 },
    { fromMs: 2 * HOUR, toMs: null, untilMs: 4 * HOUR, unknownMs: HOUR },
  ]);
  // When it stopped being meant to be up nobody saw, nor how it was then.
  expect(downTimes(piecesOf(['down', 1], ['unknown', 2], ['unscheduled', 3]))).toMatchObject([
    { fromMs: 0, toMs: HOUR, unknownMs: 0 },
  ]);
  expect(downTimes(piecesOf(['unknown', 1], ['up', 3]))).toStrictEqual([]);
});

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-GB,de;q=0.9', 'en'],
  ['fr,de;q=0.3', 'de'],
  ['en;q=0.2, de;q=0.7', 'de'],
  ['de;q=0', 'en'],
  ['*', 'en'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test.each([
  [0, '0 s'],
  [49, '49 s'],
  [60, '1 min'],
  [200, '3 min 20 s'],
  [3_600, '1 h'],
  [86_400 + 7_200, '1 Tag 2 h'],
  [3 * 86_400 + 59, '3 Tage'],
])('%d seconds are %s', (seconds, text) => {
  expect(STATUS_TEXTS.de.duration(seconds)).toBe(text);
});
