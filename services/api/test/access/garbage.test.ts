import { ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROBLEMS } from '@mediamtx-monitor/types';
import type { AccessSettings } from '../../src/access/index.ts';
import { lineOf, type RequestParts, requestFrom, startAccess } from './bench.ts';

const TOKEN = 'the-one-token-there-is';
const anything = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 50 }),
);
/** Garbage, or what is nearly right. */
const like = (...near: string[]) =>
  fc.option(
    fc.oneof(
      anything,
      fc.constantFrom(...near),
      fc.tuple(fc.constantFrom(...near), anything).map(([begin, end]) => begin + end),
      fc.tuple(anything, fc.constantFrom(...near)).map(([begin, end]) => begin + end),
    ),
    { nil: undefined },
  );

const requests: fc.Arbitrary<RequestParts> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE', 'M-SEARCH'),
  url: like('/', '/api/docs/', '/healthz', '/x?ticket=', '/x?ticket=a.1.b', '*', '?', '//').map(
    (url) => url ?? '',
  ),
  peer: fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom('127.0.0.1', '::1', '::ffff:10.0.0.1', 'fe80::1%eth0', undefined),
  ),
  headers: fc.record({
    host: like('localhost', '127.0.0.1:80', '[::1]', '[', ':'),
    'sec-fetch-site': like('same-origin', 'same-site', 'cross-site', 'none'),
    'sec-fetch-mode': like('navigate', 'cors', 'no-cors'),
    'sec-fetch-dest': like('document', 'image', 'empty'),
    origin: like('http://localhost', 'https://wall.example', 'null', 'http://', 'javascript:'),
    authorization: like('Bearer ', 'Basic ', 'bearer'),
    'sec-websocket-protocol': like('mediamtx-monitor.v1, bearer.', 'bearer.', ','),
    'x-forwarded-for': like('192.0.2.1', '10.0.0.1, ', '[::1]:1', 'unknown'),
    'access-control-request-method': like('GET'),
  }),
});

const SETTINGS: [string, Partial<AccessSettings>][] = [
  ['nothing set', {}],
  ['tokens', { API_TOKENS: [lineOf('a', TOKEN)] }],
  [
    'origins and proxies',
    { ALLOWED_ORIGINS: ['https://wall.example'], TRUST_PROXY: ['10.0.0.0/8', 'loopback'] },
  ],
];

test.each(SETTINGS)('%s: whatever is sent is let in or refused', (_what, settings) => {
  const { access, log } = startAccess(settings);
  const known = Object.keys(PROBLEMS);
  fc.assert(
    fc.property(requests, (parts) => {
      const result = access.check(requestFrom(parts));
      if ('refusal' in result) expect(known).toContain(result.refusal.code);
      else {
        expect(result.caller.tokenName).toBeNull();
        access.admitClient(result.caller)();
      }
    }),
    { numRuns: 400 },
  );
  // Once it may say that a proxy on this machine isn't trusted.
  expect(log.lines.filter(({ message }) => !message.includes('TRUST_PROXY'))).toStrictEqual([]);
  expect(log.lines.length).toBeLessThanOrEqual(1);
});

test.each(SETTINGS)(
  '%s: the gate answers or lets go on, never both, and never with 5xx',
  (_what, settings) => {
    const { access } = startAccess(settings);
    fc.assert(
      fc.property(requests, (parts) => {
        // What Node's parser would not let through can't be sent back either.
        fc.pre(!/[^\t\x20-\x7e]/.test(parts.headers?.['origin'] ?? ''));
        const request = requestFrom(parts);
        const response = new ServerResponse(request);
        const goesOn = access.gate(request, response);
        expect(response.writableEnded).toBe(!goesOn);
        if (!goesOn) expect([204, 401, 403, 429]).toContain(response.statusCode);
      }),
      { numRuns: 400 },
    );
  },
);

test('with a token set, only it lets anyone in to data', () => {
  const { access } = startAccess({ API_TOKENS: [lineOf('a', TOKEN)] });
  const isIn = (parts: RequestParts): boolean =>
    'caller' in access.check(requestFrom({ url: '/ws', ...parts }));
  expect(isIn({ peer: '127.0.0.1', headers: { authorization: `Bearer ${TOKEN}` } })).toBe(true);
  fc.assert(
    fc.property(
      requests,
      fc.constantFrom('/ws', '/ws?ticket=', '/metrics'),
      anything,
      (parts, path, more) => {
        expect(isIn({ ...parts, url: path + more })).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});
