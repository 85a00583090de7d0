import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { headOf, streamOf } from '../publisher.ts';
import { askRaw } from './raw.ts';
import { startRoutes } from '../routes/start-routes.ts';

const LONG = Array.from({ length: 20 }, (_each, n) => streamOf(`stream ${n}`));
const PATHS = [
  '/api/streams/latest',
  '/api/streams/latest?server=main',
  '/api/snapshot',
  '/api/snapshot?stream=*',
  '/api/streams',
];
const GZIP = { 'Accept-Encoding': 'gzip' };

async function serving(streams = LONG) {
  const bench = await startRoutes();
  await bench.publisher.publish(headOf(), streams);
  await eventually(() => {
    expect(bench.feed.servers.fleet().ticks).toHaveLength(1);
  });
  return bench;
}

function header(headers: readonly string[], name: string): string | undefined {
  return headers.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}

test.each(PATHS)('%s: gzip for who asks for it, with a tag of its own', async (path) => {
  const { url } = await serving();
  const plain = await askRaw(url, path);
  const gzipped = await askRaw(url, path, { headers: GZIP });
  expect(gunzipSync(gzipped.body)).toStrictEqual(plain.body);
  expect(header(gzipped.headers, 'Content-Encoding')).toBe('gzip');
  expect(header(gzipped.headers, 'Content-Length')).toBe(String(gzipped.body.length));
  expect(header(plain.headers, 'Content-Encoding')).toBeUndefined();
  expect(header(plain.headers, 'Content-Length')).toBe(String(plain.body.length));
  const tags = [plain, gzipped].map(({ headers }) => header(headers, 'ETag') ?? '');
  expect(tags[0]).toMatch(/^"[\w-]{43}"$/);
  expect(tags[1]).toBe(tags[0]?.replace(/"$/, '-gzip"'));
  for (const { headers } of [plain, gzipped]) expect(header(headers, 'Vary')).toBe('Accept-Encoding');
});

test.each(PATHS)('%s: 304 to who has this encoding, with all headers but the body’s', async (path) => {
  const { url } = await serving();
  for (const encoding of [{}, GZIP]) {
    const full = await askRaw(url, path, { headers: encoding });
    const tag = header(full.headers, 'ETag') ?? '';
    const headers = { ...encoding, 'If-None-Match': tag };
    const { status, body, headers: left } = await askRaw(url, path, { headers });
    expect([status, body.length]).toStrictEqual([304, 0]);
    expect(left).toStrictEqual(full.headers.filter((line) => !line.startsWith('Content-')));
    expect((await askRaw(url, path, { headers: { ...headers, 'Accept-Encoding': 'br' } })).status).toBe(
      encoding === GZIP ? 200 : 304,
    );
  }
});

test.each([
  ...PATHS,
  '/api/streams/stream%201',
  '/api/streams/stream%201/connections',
  '/api/servers',
  '/healthz',
])('%s: HEAD has the same headers and no body', async (path) => {
  const { url } = await serving();
  for (const headers of [{}, GZIP]) {
    const full = await askRaw(url, path, { headers });
    const { status, headers: left, body } = await askRaw(url, path, { headers, method: 'HEAD' });
    expect([status, left, body.length]).toStrictEqual([200, full.headers, 0]);
    expect(full.headers).toStrictEqual(
      expect.arrayContaining([
        'Vary: Accept-Encoding',
        'Cache-Control: no-cache',
        'X-Content-Type-Options: nosniff',
        'Cross-Origin-Resource-Policy: same-origin',
      ]),
    );
  }
});

test('gzip is made once a tick, and not before someone asks', async () => {
  const { url, feed } = await serving();
  const content = feed.servers.newest('streams', 'main')?.message?.content;
  await askRaw(url, '/api/snapshot');
  expect(content?.gzipped).toBeUndefined();
  await askRaw(url, '/api/snapshot?server=main', { headers: GZIP });
  const made = content?.gzipped;
  expect(made).toBeDefined();
  await askRaw(url, '/api/snapshot', { headers: GZIP });
  expect(content?.gzipped).toBe(made);
});

test('short answers stay as they are', async () => {
  const { url } = await serving([]);
  const { headers } = await askRaw(url, '/api/streams/latest', { headers: GZIP });
  expect(header(headers, 'Content-Encoding')).toBeUndefined();
});
