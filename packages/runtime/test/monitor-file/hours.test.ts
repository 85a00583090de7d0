import { expect, test } from '@jest/globals';
import Joi from 'joi';
import { duration } from '../../src/monitor-file/duration.ts';
import { hoursOf, withHours, type WrittenHours } from '../../src/monitor-file/hours.ts';
import { DAYS } from '../../src/monitor-file/schedule.ts';

const schema = withHours({ name: Joi.string() });
function read(entry: object): { readonly hours: WrittenHours; readonly mistake: string | undefined } {
  const result = schema.validate(entry, { convert: false });
  return { hours: result.value as WrittenHours, mistake: result.error?.message };
}

test('an entry without hours holds always', () => {
  expect(hoursOf(read({ name: 'a' }).hours)).toBeNull();
  expect(hoursOf({ timeZone: 'Europe/Berlin' })).toBeNull();
});

test.each<[string, object, object]>([
  ['days', { days: 'sat-sun' }, { days: new Set(['sat', 'sun']), fromMinute: 0, toMinute: 1_440 }],
  ['hours', { hours: '22:00-06:30' }, { days: new Set(DAYS), fromMinute: 1_320, toMinute: 390 }],
  [
    'both',
    { days: ['mon', 'wed-thu'], hours: '08:00-24:00' },
    { days: new Set(['mon', 'wed', 'thu']), fromMinute: 480, toMinute: 1_440 },
  ],
])('an entry with %s', (_what, written, hours) => {
  expect(hoursOf(read({ ...written, timeZone: 'Asia/Tokyo' }).hours)).toStrictEqual({
    ...hours,
    timeZone: 'Asia/Tokyo',
  });
});

test.each([
  [{ days: 'mon' }, 'needs a timeZone for its days or hours'],
  [{ hours: '08:00-18:00' }, 'needs a timeZone for its days or hours'],
  [{ days: 'monday', timeZone: 'UTC' }, '"days" is not right; allowed: mon, tue'],
  [{ hours: '8-18', timeZone: 'UTC' }, '"hours" is not right; allowed: two times of a day'],
  [{ hours: '08:00-18:00', timeZone: 'Berlin' }, '"timeZone" is not right; allowed: the name of a time zone'],
  [{ else: 1 }, '"else" is not allowed'],
])('%j is a mistake', (entry, mistake) => {
  expect(read(entry).mistake).toContain(mistake);
});

test('a time without a zone is none of ours', () => {
  expect(hoursOf({ hours: { fromMinute: 0, toMinute: 60 } })).toMatchObject({ timeZone: 'UTC' });
});

const upToAnHour = duration(10_000, 3_600_000, 'a time of 10s to an hour');

test.each([
  ['10s', 10_000],
  ['1m', 60_000],
  ['60m', 3_600_000],
  ['1h', 3_600_000],
])('%s', (text, ms) => {
  expect(upToAnHour.validate(text).value).toBe(ms);
});

test.each(['9s', '61m', '2h', '1d', '10', 's', '-10s', '1.5m', '10 s', '0x10s', '1000000s'])(
  '%s is a mistake',
  (text) => {
    expect(upToAnHour.validate(text).error?.message).toBe(
      `"value" is not right; allowed: a time of 10s to an hour, as in 30s, 5m or 2h`,
    );
  },
);
