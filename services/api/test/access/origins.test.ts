import { expect, test } from '@jest/globals';
import { isSameHost } from '../../src/access/origins.ts';

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
