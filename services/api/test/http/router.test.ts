import { expect, test } from '@jest/globals';
import { RefusedError } from '../../src/http/refusal.ts';
import { type RouteRequest, type Route, route } from '../../src/http/route.ts';
import { startRoutes } from '../routes/start-routes.ts';
import { askRaw } from './raw.ts';

/** A route that answers with a word and what it was asked. */
const says = (path: string, label: string, changes: Partial<Route> = {}): Route =>
  route({
    path,
    method: 'get',
    isExact: true,
    parameters: 'any',
    answers: {},
    described: null,
    handler: ({ request, response, name }) => {
      response.end(`${label} ${request.url ?? ''} ${name}`);
    },
    ...changes,
  });

const passUnless =
  (own: string) =>
  ({ response, name, pass }: RouteRequest<never>): void => {
    if (name === own) response.end(`own ${name}`);
    else pass();
  };

const routes: readonly Route[] = [
  says('/docs', 'docs'),
  says('/docs/index.json', 'exact'),
  says('/docs/', 'below'),
  says('/metrics', 'metrics'),
  says('/slash', 'slash', { isExact: false }),
  says('/cars/{name}/wheels', 'wheels', { handler: passUnless('a') }),
  says('/cars/{name}', 'car'),
  says('/refused', 'refused', {
    handler: () => {
      throw new RefusedError({ code: 'too-many-clients', detail: 'Full.', headers: { 'Retry-After': '5' } });
    },
  }),
  says('/broken', 'broken', {
    handler: ({ response }) => {
      response.write('begun');
      throw new Error('broken');
    },
  }),
];

test.each([
  ['/docs', 'docs /docs '],
  ['/docs/', 'below /docs/ '],
  ['/docs/a/b.css?v=1', 'below /docs/a/b.css?v=1 a/b.css'],
  ['/docs/index.json', 'exact /docs/index.json '],
  ['/docs/latest', 'below /docs/latest latest'],
  ['/metrics?x', 'metrics /metrics?x '],
  ['/slash', 'slash /slash '],
  ['/slash/', 'slash /slash/ '],
  ['/cars/a%2Fb/c%20d', 'car /cars/a%2Fb/c%20d a/b/c d'],
  ['/cars/', 'car /cars/ '],
  ['/cars//a/', 'car /cars//a/ /a/'],
  ['/cars/a/wheels', 'own a'],
  ['/cars/b/wheels', 'car /cars/b/wheels b/wheels'],
  ['/cars/a%2Fwheels', 'car /cars/a%2Fwheels a/wheels'],
  ['/cars/a/wheels/', 'car /cars/a/wheels/ a/wheels/'],
])('%s is answered by its route: %s', async (path, answer) => {
  const { url } = await startRoutes({ routes });
  expect((await askRaw(url, path)).body.toString()).toBe(answer);
});

test('a route has its method only, and is listed where nothing is', async () => {
  const { url } = await startRoutes({ routes });
  for (const path of ['/docs', '/docs/x', '/metrics']) {
    const { status, headers } = await askRaw(url, path, { method: 'POST' });
    expect([status, headers.includes('Allow: GET, HEAD')]).toStrictEqual([405, true]);
    expect((await askRaw(url, path, { method: 'HEAD' })).status).toBe(200);
  }
  for (const path of ['/metrics/', '/metrics/x', '/docsx', '/Docs', '/cars']) {
    const { status, body } = await askRaw(url, path);
    expect([path, status]).toStrictEqual([path, 404]);
    expect(body.toString()).toContain(`There is: ${routes.map((each) => each.path).join(', ')};`);
  }
});

test('a handler gets the parameters that its route has, and no other passes', async () => {
  const limited = route({
    path: '/limited',
    method: 'get',
    parameters: ['limit'],
    answers: {},
    described: null,
    handler: ({ response, query: { limit } }) => {
      response.end(`${typeof limit} ${limit ?? ''}`);
    },
  });
  const { url } = await startRoutes({ routes: [limited] });
  expect((await askRaw(url, '/limited?limit=5')).body.toString()).toBe('number 5');
  for (const query of ['limit=0', 'server=main']) {
    expect((await askRaw(url, `/limited?${query}`)).status).toBe(400);
  }
});

test('its refusals are problems', async () => {
  const { url, lines } = await startRoutes({ routes });
  const { status, headers, body } = await askRaw(url, '/refused');
  expect([status, headers.includes('Retry-After: 5')]).toStrictEqual([503, true]);
  expect(JSON.parse(body.toString())).toMatchObject({ code: 'too-many-clients', detail: 'Full.' });
  expect(lines).toStrictEqual([]);
});

test('an answer that breaks off is broken off, and logged', async () => {
  const { url, lines } = await startRoutes({ routes });
  await expect(askRaw(url, '/broken?ticket=abc')).rejects.toThrow();
  expect(lines).toStrictEqual(['error: GET /broken failed']);
});
