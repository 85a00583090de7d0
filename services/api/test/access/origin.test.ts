import { expect, test } from '@jest/globals';
import { refuseOrigin } from '../../src/access/origin.ts';

test.each([
  [undefined, '127.0.0.1:8000'],
  ['http://127.0.0.1:8000', '127.0.0.1:8000'],
  ['http://[::1]:8000', '[::1]:8000'],
  ['http://Monitor.example', 'monitor.EXAMPLE'],
  ['http://monitor.example', 'monitor.example:80'],
  ['https://monitor.example', 'monitor.example'],
  ['https://monitor.example', 'monitor.example:443'],
])('origin %s of host %s is let in', (origin, host) => {
  expect(refuseOrigin({ ...(origin !== undefined && { origin }), host })).toBeUndefined();
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
  ['', '127.0.0.1:8000'],
])('origin %s of host %s is refused', (origin, host) => {
  const headers = { origin, ...(host !== undefined && { host }) };
  expect(refuseOrigin(headers)?.code).toBe('forbidden-origin');
});
