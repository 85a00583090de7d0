import { describe, expect, test } from '@jest/globals';
import { createFormat, UNKNOWN } from '../../src/i18n/format.ts';

const en = createFormat('en');
const de = createFormat('de');

describe('numbers', () => {
  test.each([
    [0, '0', '0'],
    [0.562, '0.56', '0,56'],
    [9.994, '9.99', '9,99'],
    [9.996, '10.0', '10,0'],
    [23.44, '23.4', '23,4'],
    [99.96, '100', '100'],
    [1234.5, '1,235', '1.235'],
  ])('%p has three digits or so', (value, english, german) => {
    expect([en.decimal(value), de.decimal(value)]).toStrictEqual([english, german]);
  });

  test.each([
    [0, '0 %'],
    [0.04, '0.0 %'],
    [3.21, '3.2 %'],
    [12.6, '13 %'],
  ])('%p percent is %s', (value, text) => {
    expect(en.percent(value)).toBe(text);
  });

  test('as many digits behind the point as asked for', () => {
    expect([en.ms(0.25, 2), de.percent(0.025, 3), en.decimal(100, 0)]).toStrictEqual([
      '0.25 ms',
      '0,025 %',
      '100',
    ]);
  });

  test('a share is told in percent', () => {
    expect(en.share(0.333)).toBe('33 %');
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [3_413_148, '3.41 MB'],
    [8e15, '8.00 PB'],
    [8e18, '8,000 PB'],
  ])('%p bytes are %s', (value, text) => {
    expect(en.bytes(value)).toBe(text);
  });

  test('what wasn’t measured is never a number', () => {
    const { count, decimal, percent, share, ms, bytes, age } = en;
    for (const write of [count, decimal, percent, share, ms, bytes, age]) {
      expect(write(null)).toBe(UNKNOWN);
      expect(write(NaN)).toBe(UNKNOWN);
    }
  });
});

describe('how long', () => {
  test.each([
    [-5_000, '0 s'],
    [999, '0 s'],
    [12_900, '12 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [899_000, '14 min'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [86_400_000 * 3 + 4 * 3_600_000, '3 d 4 h'],
  ])('%p ms: %s', (ms, text) => {
    expect(en.duration(ms)).toBe(text);
  });

  test('young ages are told to the tenth', () => {
    expect(en.age(840)).toBe('0.8 s');
    expect(de.age(9_940)).toBe('9,9 s');
    expect(en.age(9_960)).toBe('9 s');
    expect(en.age(12_000)).toBe('12 s');
  });
});

describe('when', () => {
  const noon = new Date(2026, 0, 15, 12, 30, 5, 120);

  test('a moment of today is its time of day; of another day it has the date', () => {
    expect(de.time(noon.getTime(), noon.getTime() + 60_000)).toBe('12:30:05');
    expect(de.time(noon.getTime(), noon.getTime() + 86_400_000)).toMatch(/^15\.01\.2026.*12:30:05$/);
  });

  test('an hour is written alike with a day and without', () => {
    const [us, early] = [createFormat('en-US'), new Date(2026, 0, 15, 6, 5).getTime()];
    expect(us.shortTime(early, early).replaceAll('\u202f', ' ')).toBe('6:05 AM');
    expect(us.shortTime(early, early + 86_400_000).replaceAll('\u202f', ' ')).toBe('Jan 15, 6:05 AM');
    expect(de.shortTime(early, early + 86_400_000)).toBe('15. Jan., 06:05');
  });

  test('what is no time is unknown, and breaks nothing', () => {
    const { clock, minute, day, moment, time, shortTime, namedDay } = en;
    const none = Date.parse('yesterday');
    const said = [clock, minute, day, moment, namedDay].map((write) => write(none));
    said.push(time(none, 0), shortTime(none, 0), en.exact('yesterday'), en.moment(9e15));
    expect([...new Set(said)]).toStrictEqual(['–']);
  });

  test('the exact time has everything', () => {
    expect(de.exact(noon.toISOString())).toMatch(/15\.01\.2026.*12:30:05,120.*(UTC|GMT)/);
  });
});
