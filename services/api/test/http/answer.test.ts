import { expect, test } from '@jest/globals';
import { hasTag, wantsGzip } from '../../src/http/answer.ts';

test.each([
  ['gzip', true],
  ['GZIP', true],
  ['gzip, deflate, br, zstd', true],
  ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
  ['*', true],
  ['br, *;q=0.5', true],
  ['gzip;q=0.5', true],
  ['identity;q=0.5, gzip;q=0.5', true],
  ['gzip ; q=0.001', true],
  ['gzip;q=0', false],
  ['gzip;q=0.000, *', false],
  ['*;q=0', false],
  ['gzip;q=0.5, identity', false],
  ['identity', false],
  ['br', false],
  ['xgzip', false],
  ['', false],
  [undefined, false],
])('Accept-Encoding %j: gzip %s', (header, wanted) => {
  expect(wantsGzip(header, 1_024)).toBe(wanted);
  expect(wantsGzip(header, 1_023)).toBe(false);
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['"a-gzip"', false],
  ['a', false],
  ['', false],
  [undefined, false],
])('If-None-Match %j names "a": %s', (header, named) => {
  expect(hasTag(header, '"a"')).toBe(named);
});
