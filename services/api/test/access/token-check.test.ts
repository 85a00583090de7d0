import { expect, test } from '@jest/globals';
import { bearerOf, bearerProtocolOf, ticketOf } from '../../src/access/token-check.ts';
import { requestFrom } from './bench.ts';

test.each([
  ['Bearer abc', 'abc'],
  ['bearer   a.b-c_d~/+== ', 'a.b-c_d~/+=='],
  ['BEARER x', 'x'],
  ['Bearer', undefined],
  ['Bearer ', undefined],
  ['Bearer a b', undefined],
  ['Basic dXNlcjpwYXNz', undefined],
  ['xBearer abc', undefined],
  ['', undefined],
  [undefined, undefined],
])('Authorization %j holds the token %j', (authorization, token) => {
  expect(bearerOf(requestFrom({ headers: { authorization } }))).toBe(token);
});

test.each([
  ['mediamtx-monitor.v1, bearer.abc', 'abc'],
  ['bearer.a.b,mediamtx-monitor.v1', 'a.b'],
  ['bearer.', ''],
  ['bearer.one, bearer.two', 'one'],
  ['mediamtx-monitor.v1', undefined],
  ['Bearer.abc', undefined],
  [', ,', undefined],
  [undefined, undefined],
])('subprotocols %j hold the token %j', (protocols, token) => {
  expect(bearerProtocolOf(requestFrom({ headers: { 'sec-websocket-protocol': protocols } }))).toBe(token);
});

test.each([
  ['/ws?ticket=a.1.b', 'a.1.b'],
  ['/ws?topics=streams&ticket=x', 'x'],
  ['/ws?%74icket=x', 'x'],
  ['/ws?ticket=', ''],
  ['/ws?ticket=a&ticket=a', undefined],
  ['/ws?tickets=a', undefined],
  ['/ws/ticket=a', undefined],
  ['/ws?%E0%A4%A&%', undefined],
])('%s holds the ticket %j', (url, ticket) => {
  expect(ticketOf(requestFrom({ url }))).toBe(ticket);
});
