import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { isStreamName } from '../src/expected-entry.ts';
import { parseMonitorFile } from '../src/monitor-file.ts';

const START = 'MONITOR_CONFIG x, ';

/** What is read of an entry, written as a YAML object. */
const read = (entry: string): unknown => parseMonitorFile(`expected:\n  - {${entry}}`, 'x').expected[0];

function mistakesIn(entry: string): string[] {
  try {
    read(entry);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.mistakes.map((mistake) => mistake.replace(START, ''));
  }
  return [];
}

const ALWAYS = { servers: null, hours: null, forMs: 30_000, atLeast: null };

describe('an entry', () => {
  test('of a name alone holds always', () => {
    expect(read('match: cam')).toStrictEqual({ ...ALWAYS, match: 'cam' });
  });

  test('may say everything', () => {
    const text =
      'match: "studio/*", servers: [main, north], days: [mon-wed, sat], hours: 08:00-18:30, timeZone: Europe/Berlin, for: 5m, atLeast: 3';
    expect(read(text)).toStrictEqual({
      match: 'studio/*',
      servers: ['main', 'north'],
      hours: {
        days: new Set(['mon', 'tue', 'wed', 'sat']),
        ...{ fromMinute: 480, toMinute: 1_110, timeZone: 'Europe/Berlin' },
      },
      forMs: 300_000,
      atLeast: 3,
    });
  });

  test.each([
    ['mon', ['mon']],
    ['mon-fri', ['mon', 'tue', 'wed', 'thu', 'fri']],
    ['fri-mon', ['fri', 'sat', 'sun', 'mon']],
    ['sat-sun', ['sat', 'sun']],
    ['wed-wed', ['wed']],
    ['[sun, sun]', ['sun']],
  ])('on the days %s', (days, expected) => {
    expect(read(`match: a, timeZone: UTC, days: ${days}`)).toMatchObject({
      hours: { days: new Set(expected) },
    });
  });

  test.each([
    ['00:00-24:00', 0, 1_440],
    ['22:00-06:00', 1_320, 360],
    ['23:59-00:00', 1_439, 0],
  ])('at the hours %s', (hours, fromMinute, toMinute) => {
    expect(read(`match: a, timeZone: UTC, hours: '${hours}'`)).toMatchObject({
      hours: { fromMinute, toMinute },
    });
  });

  test.each([
    ['0s', 0],
    ['90s', 90_000],
    ['24h', 86_400_000],
  ])('for %s', (text, forMs) => {
    expect(read(`match: a, for: ${text}`)).toMatchObject({ forMs });
  });
});

describe('a mistake in an entry', () => {
  test.each([
    ['no match', 'for: 5m', /^line 2, column 5: "expected\[0\].match" is required$/],
    ['an empty match', 'match: ""', /not allowed to be empty/],
    [
      'an unknown member',
      'match: a, until: 5',
      /column 16: "expected\[0\].until" is not allowed; allowed: match, servers, for, atLeast, days,/,
    ],
    ['no server', 'match: a, servers: []', /must contain at least 1 items/],
    ['a malformed server', 'match: a, servers: [Main]', /column 26: 1 to 32 lower-case letters/],
    [
      'another day',
      'match: a, timeZone: UTC, days: [mon, funday]',
      /column 31: .*days" is .*; allowed: mon, tue/,
    ],
    ['days of nothing', 'match: a, timeZone: UTC, days: mon-', /allowed: mon, tue/],
    ['days of three', 'match: a, timeZone: UTC, days: mon-wed-fri', /allowed: mon, tue/],
    ['no days', 'match: a, timeZone: UTC, days: []', /.*days" (must|does)/],
    ['days as a number', 'match: a, timeZone: UTC, days: 5', /.*days" must be/],
    ['hours of one', 'match: a, timeZone: UTC, hours: "8-18"', /hours" is not right; allowed: two times/],
    ['hours that are none', 'match: a, timeZone: UTC, hours: "08:00-24:01"', /allowed: two times/],
    ['hours that begin at 24', 'match: a, timeZone: UTC, hours: "24:00-06:00"', /allowed: two times/],
    ['hours of no length', 'match: a, timeZone: UTC, hours: "08:00-08:00"', /allowed: two times/],
    ['hours without time zone', 'match: a, hours: 08:00-18:00', /expected\[0\]" needs a timeZone/],
    ['days without time zone', 'match: a, days: mon', /expected\[0\]" needs a timeZone/],
    ['a time zone alone', 'match: a, timeZone: UTC', /has a timeZone, but no days or hours/],
    ['no time zone', 'match: a, days: mon, timeZone: Mars/Olympus', /is not right; allowed: the name/],
    [
      'a time without unit',
      'match: a, for: 30',
      /for" is no time with its unit; allowed: a time of up to a day/,
    ],
    ['a time of days', 'match: a, for: 1d', /for" is not right; allowed: a time of up to a day/],
    ['a long time', 'match: a, for: 25h', /allowed: a time of up to a day/],
    ['a count of a name', 'match: a, atLeast: 1', /has atLeast, which is for globs/],
    ['a count of none', 'match: "*", atLeast: 0', /atLeast" must be greater than or equal to 1/],
    ['a count of half', 'match: "*", atLeast: 1.5', /atLeast" must be an integer/],
  ])('%s', (_what, entry, mistake) => {
    const mistakes = mistakesIn(entry);
    expect(mistakes).toStrictEqual([expect.stringMatching(mistake)]);
    expect(mistakes[0]).toMatch(/^line 2, column \d+: /);
  });
});

test('a name is what holds no sign of a glob', () => {
  expect(['cam', 'cam/one', 'cam-1.a_b~c', '📹'].map(isStreamName)).toStrictEqual([true, true, true, true]);
  expect(['*', 'cam?', '{a,b}', '\\*', 'a**'].map(isStreamName)).toStrictEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
