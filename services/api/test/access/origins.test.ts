import { expect, test } from '@jest/globals';
import { isForeignPage, isSameHost } from '../../src/access/origins.ts';

test.each([
  ['http://127.0.0.1:8000', '127.0.0.1:8000'],
  ['http://[::1]:8000', '[::1]:8000'],
  ['http://Monitor.example', 'monitor.EXAMPLE'],
  ['http://monitor.example', 'monitor.example:80'],
  ['https://monitor.example', 'monitor.example'],
  ['https://monitor.example', 'monitor.example:443'],
])('a page of %s comes from host %s', (origin, host) => {
  expect(isSameHost(origin, { host })).toBe(true);
});

test.each([
  ['http://evil.example', '127.0.0.1:8000'],
  ['http://127.0.0.1:8001', '127.0.0.1:8000'],
  ['http://127.0.0.1', '127.0.0.1:8000'],
  ['http://127.0.0.1:8000.evil.example', '127.0.0.1:8000'],
  ['http://evil.example', undefined],
  ['http://a', 'b, a'],
  ['file://127.0.0.1:8000', '127.0.0.1:8000'],
  ['null', '127.0.0.1:8000'],
  ['null', 'null'],
  ['', '127.0.0.1:8000'],
])('a page of %s does not come from host %s', (origin, host) => {
  expect(isSameHost(origin, host === undefined ? {} : { host })).toBe(false);
});

test('a page of an allowed origin is none of others, whatever its browser says', () => {
  const host = 'monitor.example';
  const allows = (origin: string): boolean => origin === 'http://friend.example';
  const isForeign = (origin: string): boolean =>
    isForeignPage({ method: 'GET', headers: { host, origin, 'sec-fetch-site': 'cross-site' } }, allows);
  expect(isForeign('http://friend.example')).toBe(false);
  expect(isForeign('http://evil.example')).toBe(true);
});

test('who names no page is asked about by none, even where every origin is allowed', () => {
  const headers = { host: 'monitor.example', 'sec-fetch-site': 'cross-site' };
  expect(isForeignPage({ method: 'GET', headers }, () => true)).toBe(true);
  expect(isForeignPage({ method: 'GET', headers: { host: 'monitor.example' } }, () => true)).toBe(false);
});
