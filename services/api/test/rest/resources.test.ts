import type { RequestListener } from 'node:http';
import { expect, test } from '@jest/globals';
import { RefusedError } from '../../src/http/refusal.ts';
import { askRaw } from './raw.ts';
import { startRest } from './start-rest.ts';

const says =
  (word: string): RequestListener =>
  (request, response) => {
    response.end(`${word} ${request.url ?? ''}`);
  };

const resources: Record<string, RequestListener> = {
  '/docs/': says('below'),
  '/docs': says('docs'),
  '/docs/index.json': says('exact'),
  '/metrics': says('metrics'),
  '/refused': () => {
    throw new RefusedError({ code: 'too-many-clients', detail: 'Full.', headers: { 'Retry-After': '5' } });
  },
  '/broken': (_request, response) => {
    response.write('begun');
    throw new Error('broken');
  },
};

test('what others answer stands at its path, or below it', async () => {
  const { url } = await startRest({ resources });
  const answers = await Promise.all(
    ['/docs', '/docs/', '/docs/a/b.css?v=1', '/docs/index.json', '/metrics?x', '/docs/latest'].map(
      async (path) => (await askRaw(url, path)).body.toString(),
    ),
  );
  expect(answers).toEqual([
    'docs /docs',
    'below /docs/',
    'below /docs/a/b.css?v=1',
    'exact /docs/index.json',
    'metrics /metrics?x',
    'below /docs/latest',
  ]);
});

test('it is GET and HEAD only, and listed where nothing is', async () => {
  const { url } = await startRest({ resources });
  for (const path of ['/docs', '/docs/x', '/metrics']) {
    const { status, headers } = await askRaw(url, path, { method: 'POST' });
    expect([status, headers.includes('Allow: GET, HEAD')]).toEqual([405, true]);
    expect((await askRaw(url, path, { method: 'HEAD' })).status).toBe(200);
  }
  for (const path of ['/metrics/', '/metrics/x', '/docsx', '/Docs']) {
    const { status, body } = await askRaw(url, path);
    expect([path, status]).toEqual([path, 404]);
    expect(body.toString()).toContain('/docs/, /docs, /docs/index.json, /metrics');
  }
});

test('its refusals are told like all others', async () => {
  const { url, lines } = await startRest({ resources });
  const { status, headers, body } = await askRaw(url, '/refused');
  expect([status, headers.includes('Retry-After: 5')]).toEqual([503, true]);
  expect(JSON.parse(body.toString())).toMatchObject({ code: 'too-many-clients', detail: 'Full.' });
  expect(lines).toEqual([]);
});

test('an answer that breaks off is broken off, and logged', async () => {
  const { url, lines } = await startRest({ resources });
  await expect(askRaw(url, '/broken?ticket=abc')).rejects.toThrow();
  expect(lines).toEqual(['error: GET /broken failed']);
});
