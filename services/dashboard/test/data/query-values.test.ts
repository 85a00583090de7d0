import { expect, test } from '@jest/globals';
import { parseTime } from '../../src/data/query-values.ts';

test.each([null, '', 'now', '0000-01-01T00:00:00Z', '-271821-04-20T00:00:00Z', '+010000-01-01T00:00:00Z'])(
  '%s is no time that a link may have',
  (text) => {
    expect(parseTime(text)).toBeNull();
  },
);

test.each(['0001-01-01T00:00:00Z', '2026-11-30T03:12Z', '9999-12-31T23:59:59Z'])('%s is one', (text) => {
  expect(parseTime(text)).toBe(Date.parse(text));
});
