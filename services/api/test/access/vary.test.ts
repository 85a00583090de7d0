import { describe, expect, test } from '@jest/globals';
import { atEnd } from '../bench.ts';
import { headOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';
import { folderOf, SCRIPT_PATH } from '../static/folder.ts';

const ORIGIN = 'https://wall.example';
const PREFLIGHT = {
  method: 'OPTIONS',
  headers: { Origin: ORIGIN, 'Access-Control-Request-Method': 'GET' },
};

/** Answers that come in more than one encoding. */
const ENCODED = [
  '/api/streams/latest',
  '/api/snapshot',
  '/api/streams',
  '/api/servers',
  '/api/hosts',
  '/api/me',
  '/api/previews',
  '/healthz',
  '/readyz',
  '/',
  '/index.html',
  SCRIPT_PATH,
  '/assets/index-B1234567.css',
  '/favicon.svg',
];
const OTHERS = [
  '/api/openapi.json',
  '/api/asyncapi.json',
  '/api/docs',
  '/api/docs/',
  '/api/docs/start.js',
  '/api/docs/swagger-ui.css',
  '/metrics',
  '/metrics/streams',
  '/api/live',
  '/ws',
  '/nowhere',
  '/api/streams?limit=0',
  '/%zz',
];

/** Asks a whole API, with data and a page. */
async function startAll(ALLOWED_ORIGINS: readonly string[]) {
  const { url, publisher } = await startApi({ config: { STATIC_DIR: folderOf(), ALLOWED_ORIGINS } });
  await publisher.publish(headOf(), []);
  return async (
    path: string,
    { headers, method }: { headers?: Record<string, string>; method?: string } = {},
  ) => {
    const ending = new AbortController();
    atEnd(() => {
      ending.abort();
    });
    const answer = await fetch(`${url}${path}`, {
      redirect: 'manual',
      signal: ending.signal,
      method: method ?? 'GET',
      headers: { 'Accept-Encoding': 'identity', ...headers },
    });
    const vary = (answer.headers.get('vary') ?? '').split(',').map((name) => name.trim());
    return { status: answer.status, etag: answer.headers.get('etag'), vary: vary.filter(Boolean).sort() };
  };
}

describe.each([
  ['where pages of other addresses are allowed', [ORIGIN], ['Origin']],
  ['where none are', [], []],
])('%s', (_what, origins, expected) => {
  test.each([
    ...ENCODED.map((path): [string, string[]] => [path, ['Accept-Encoding', ...expected]]),
    ...OTHERS.map((path): [string, string[]] => [path, expected]),
  ])('%s says what its answer depends on', async (path, vary) => {
    const ask = await startAll(origins);
    for (const encoding of ['identity', 'gzip']) {
      const headers = { 'Accept-Encoding': encoding };
      const { etag, ...answer } = await ask(path, { headers });
      expect(answer).toStrictEqual({ status: answer.status, vary });
      expect((await ask(path, { headers, method: 'HEAD' })).vary).toStrictEqual(vary);
      if (etag === null) continue;
      const known = await ask(path, { headers: { ...headers, 'If-None-Match': etag } });
      expect([known.status, known.vary]).toStrictEqual([304, vary]);
    }
  });

  test.each([...ENCODED, ...OTHERS])('%s does so in refusals too', async (path) => {
    const ask = await startAll(origins);
    expect((await ask(path, { headers: { Origin: 'http://evil.example' } })).vary).toStrictEqual(
      expect.arrayContaining(expected),
    );
    expect((await ask(path, { method: 'DELETE' })).vary).toStrictEqual(expected);
    expect((await ask(path, PREFLIGHT)).vary).toStrictEqual(expected);
  });
});
