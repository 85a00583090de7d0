import { expect, test } from '@jest/globals';
import { formatsOf } from '../../src/text/formats.ts';
import { betweenMs, durationText, timeText } from '../../src/text/times.ts';

const S = 1_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;

test.each([
  [0, '0 s'],
  [999, '0 s'],
  [45 * S, '45 s'],
  [MINUTE, '1 min'],
  [MINUTE + 48 * S + 999, '1 min 48 s'],
  [HOUR + 5 * S, '1 h'],
  [26 * HOUR + 59 * MINUTE, '1 d 2 h'],
  [-5, '0 s'],
])('%d ms last %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('no time passes backwards, nor between what are no dates', () => {
  expect(betweenMs('2026-03-01T14:00:01Z', '2026-03-01T14:00:00Z')).toBe(0);
  expect(betweenMs('yesterday', '2026-03-01T14:00:00Z')).toBe(0);
});

test('a time has its zone, and its day where that is another than today', () => {
  const now = '2026-03-01T14:03:57Z';
  expect(timeText('2026-03-01T14:03:12Z', now, formatsOf('en-GB', 'UTC'))).toBe('14:03:12 UTC');
  expect(timeText('2026-03-01T14:03:12Z', now, formatsOf('de-DE', 'Europe/Berlin'))).toBe('15:03:12 MEZ');
  expect(timeText('2026-02-28T23:30:00Z', now, formatsOf('de-DE', 'Europe/Berlin'))).toBe('00:30:00 MEZ');
  expect(timeText('2026-02-28T22:30:00Z', now, formatsOf('de-DE', 'Europe/Berlin'))).toBe(
    '28. Feb. 2026, 23:30:00 MEZ',
  );
  expect(timeText('never', now, formatsOf('en-GB', 'UTC'))).toBe('–');
});
