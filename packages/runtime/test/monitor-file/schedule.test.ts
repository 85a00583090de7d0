import { describe, expect, test } from '@jest/globals';
import { createSchedule, DAYS, type Hours } from '../../src/monitor-file/schedule.ts';

const ALL_DAYS = new Set(DAYS);

/** Whether it is open at each of these times (RFC 3339). */
function openAt(hours: Partial<Hours>, ...times: readonly string[]): boolean[] {
  const isOpen = createSchedule({
    days: ALL_DAYS,
    fromMinute: 0,
    toMinute: 1_440,
    timeZone: 'UTC',
    ...hours,
  });
  return times.map((time) => isOpen(Date.parse(time)));
}

test('hours begin with their first minute and end before their last', () => {
  const hours = { fromMinute: 480, toMinute: 1_080 };
  expect(
    openAt(
      hours,
      '2026-01-05T07:59:59.999Z',
      '2026-01-05T08:00:00.000Z',
      '2026-01-05T17:59:59.999Z',
      '2026-01-05T18:00:00.000Z',
    ),
  ).toStrictEqual([false, true, true, false]);
});

test('hours over midnight belong to the day on which they begin', () => {
  // 2026-01-09 is a Friday.
  const hours = { days: new Set(['fri'] as const), fromMinute: 1_320, toMinute: 360 };
  expect(
    openAt(
      hours,
      '2026-01-09T05:00:00Z',
      '2026-01-09T22:00:00Z',
      '2026-01-10T05:59:00Z',
      '2026-01-10T06:00:00Z',
      '2026-01-10T22:00:00Z',
    ),
  ).toStrictEqual([false, true, true, false, false]);
});

test('those that begin on a Saturday go on into Sunday', () => {
  const hours = { days: new Set(['sat'] as const), fromMinute: 1_320, toMinute: 360 };
  expect(openAt(hours, '2026-01-11T01:00:00Z', '2026-01-12T01:00:00Z')).toStrictEqual([true, false]);
});

test('days alone are whole days of their place', () => {
  const hours = { days: new Set(['mon'] as const), timeZone: 'Asia/Tokyo' };
  // Monday in Tokyo begins at 15:00 UTC of Sunday, 2026-01-04.
  expect(openAt(hours, '2026-01-04T14:59:00Z', '2026-01-04T15:00:00Z', '2026-01-05T15:00:00Z')).toStrictEqual(
    [false, true, false],
  );
});

describe('summer time', () => {
  const hours = { fromMinute: 480, toMinute: 1_080, timeZone: 'Europe/Berlin' };

  test('moves the hours', () => {
    expect(
      openAt(hours, '2026-03-28T06:30:00Z', '2026-03-28T07:00:00Z', '2026-03-28T16:59:00Z'),
    ).toStrictEqual([false, true, true]);
    expect(
      openAt(hours, '2026-03-29T05:30:00Z', '2026-03-29T06:00:00Z', '2026-03-29T16:00:00Z'),
    ).toStrictEqual([false, true, false]);
  });

  test('an hour that is left out can’t be open; one that comes twice is so twice', () => {
    const night = { fromMinute: 120, toMinute: 180, timeZone: 'Europe/Berlin' };
    // 02:00 to 03:00 isn't there on 29 March, and is there twice on 25 October.
    expect(openAt(night, '2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z')).toStrictEqual([false, false]);
    expect(
      openAt(
        night,
        '2026-10-24T23:59:00Z',
        '2026-10-25T00:00:00Z',
        '2026-10-25T01:59:00Z',
        '2026-10-25T02:00:00Z',
      ),
    ).toStrictEqual([false, true, true, false]);
  });
});

test('goes back as well as on', () => {
  const hours = { fromMinute: 480, toMinute: 1_080 };
  expect(openAt(hours, '2026-01-05T18:00:00Z', '2026-01-05T17:00:00Z', '2026-01-05T18:00:00Z')).toStrictEqual(
    [false, true, false],
  );
});
