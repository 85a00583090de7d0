import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { problemSchema } from '@mediamtx-monitor/types/schemas';
import fc from 'fast-check';
import { headOf, streamOf } from '../publisher.ts';
import { askRaw } from '../http/raw.ts';
import { startRoutes } from './start-routes.ts';

const PLACES = [
  ...[
    '/',
    '/api/streams',
    '/api/streams/',
    '/api/streams/latest',
    '/api/streams/a/connections',
    '/api/snapshot',
  ],
  ...['/api/servers', '/api/tickets', '/healthz', '/readyz'],
];
const PARAMETERS = [
  'server',
  'stream',
  'state',
  'health',
  'search',
  'sort',
  'limit',
  'ticket',
  'x',
  '__proto__',
];
const VALUES = ['main', 'live', '-name', '1', '**/*', '%', '%ff', '%00', '', 'a,b', 'name'];

const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const urlText = fc.string({ unit: visible, maxLength: 30 });
const parameter = fc
  .tuple(fc.constantFrom(...PARAMETERS), fc.oneof(fc.constantFrom(...VALUES), urlText))
  .map(([name, value]) => `${name}=${value}`);
const headerText = fc.string({ unit: visible, maxLength: 40 });

test('whatever is asked is answered: with data, or with a problem that is the client’s', async () => {
  const { url, publisher, feed, lines } = await startRoutes();
  await publisher.publish(headOf(), [streamOf('a'), streamOf('b/c')]);
  await eventually(() => {
    expect(feed.servers.isCurrent()).toBe(true);
  });
  const request = fc.record({
    place: fc.constantFrom(...PLACES),
    rest: fc.oneof(fc.constant(''), urlText),
    parameters: fc.array(parameter, { maxLength: 3 }),
    method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'DELETE', 'OPTIONS'),
    ifNoneMatch: headerText,
    acceptEncoding: headerText,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ place, rest, parameters, method, ifNoneMatch, acceptEncoding }) => {
      const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
      const headers = { 'If-None-Match': ifNoneMatch, 'Accept-Encoding': acceptEncoding };
      const {
        status = 0,
        headers: received,
        body,
      } = await askRaw(url, `${place}${rest}${query}`, { method, headers });
      expect(received).toContain('X-Content-Type-Options: nosniff');
      if (status < 400) return;
      expect(status).toBeLessThan(500);
      expect(problemSchema.validate(JSON.parse(body.toString())).error).toBeUndefined();
    }),
    { numRuns: 500 },
  );
  expect(lines).toStrictEqual([]);
});
