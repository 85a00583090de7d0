import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { headOf, streamOf } from '../publisher.ts';
import { askRaw } from './raw.ts';
import { serve } from '../serve.ts';
import { startRoutes } from '../routes/start-routes.ts';

const PATHS = ['/api/streams/latest', '/api/snapshot'];
const LONG = Array.from({ length: 20 }, (_each, n) => streamOf(`stream 😀 ${n}`));

/** REST with data, behind its hot path and without. */
async function serving(...args: Parameters<typeof headOf>) {
  const bench = await startRoutes();
  const expressUrl = await serve(bench.router);
  await bench.publisher.publish(headOf(...args), LONG);
  await eventually(() => {
    expect(bench.feed.servers.isCurrent()).toBe(true);
  });
  const ask = (path: string, options: Parameters<typeof askRaw>[2] = {}) =>
    Promise.all([askRaw(bench.url, path, options), askRaw(expressUrl, path, options)]);
  return { ...bench, expressUrl, ask };
}

test.each(PATHS)('%s: the same head and bytes as from Express, whatever the question', async (path) => {
  const { ask, expressUrl, hotAnswers } = await serving({ simulated: true });
  const gzipped = await askRaw(expressUrl, path, { headers: { 'Accept-Encoding': 'gzip' } });
  const tags = [await askRaw(expressUrl, path), gzipped].map(
    ({ headers }) => headers.find((line) => line.startsWith('ETag: '))?.slice(6) ?? '',
  );
  let asked = 0;
  for (const method of ['GET', 'HEAD']) {
    for (const encoding of [undefined, 'gzip, br', 'gzip;q=0, *', '*;q=0', 'identity']) {
      for (const tag of [undefined, '*', '"x"', ...tags, `"x", W/${tags.join(', ')}`]) {
        const headers = {
          ...(encoding !== undefined && { 'Accept-Encoding': encoding }),
          ...(tag !== undefined && { 'If-None-Match': tag }),
        };
        const [hot, express] = await ask(path, { method, headers });
        expect(hot).toStrictEqual(express);
        asked += 1;
        expect(hotAnswers()).toBe(asked);
      }
    }
  }
});

test('age and staleness move on while the data stays', async () => {
  const { ask, clock, hotAnswers } = await serving({ collectedAt: '2025-12-31T23:59:56.000Z' });
  const seen: unknown[] = [];
  for (let step = 0; step < 5; step += 1) {
    const [hot, express] = await ask(PATHS[0] ?? '');
    expect(hot).toStrictEqual(express);
    seen.push(hot.headers.filter((line) => /^(Age|X-Snapshot-Stale): /.test(line)));
    clock.advance(600);
  }
  expect(hotAnswers()).toBe(5);
  expect(seen).toStrictEqual([
    ['Age: 4', 'X-Snapshot-Stale: false'],
    ['Age: 4', 'X-Snapshot-Stale: false'],
    ['Age: 5', 'X-Snapshot-Stale: false'],
    ['Age: 5', 'X-Snapshot-Stale: false'],
    ['Age: 6', 'X-Snapshot-Stale: true'],
  ]);
});

test('each tick is told at once', async () => {
  const { ask, publisher, feed } = await serving();
  await ask(PATHS[0] ?? '');
  await publisher.publish(headOf({ seq: 2, collectedAt: '2026-01-01T00:00:02.000Z' }), [streamOf('new')]);
  await eventually(() => {
    expect(feed.servers.newest('streams', 'main')?.head?.seq).toBe(2);
  });
  const [hot, express] = await ask(PATHS[0] ?? '');
  expect(hot).toStrictEqual(express);
  expect(hot.body.toString()).toBe(JSON.stringify([streamOf('new')]));
});

test('several servers: their joined arrays, but no snapshot', async () => {
  const { ask, publisher, feed, hotAnswers } = await serving();
  await publisher.publish(headOf({ server: 'b', simulated: true }), [streamOf('of b')]);
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(2);
  });
  for (const path of PATHS) {
    const [hot, express] = await ask(path);
    expect(hot).toStrictEqual(express);
  }
  expect(hotAnswers()).toBe(1);
});

test('what depends on more than the path, or has to wait, is left to Express', async () => {
  const { ask, hotAnswers, clock } = await serving();
  const questions: Parameters<typeof ask>[] = [
    ['/api/streams/latest?server=main'],
    ['/api/streams/latest?'],
    ['/api/streams/latest/'],
    ['/api/streams'],
    ['/healthz'],
    ['/api/streams/latest', { method: 'POST' }],
    ['/api/streams/latest', { method: 'OPTIONS' }],
    ['/api/streams/latest', { headers: { 'Content-Length': '0' } }],
    ['/api/streams/latest', { headers: { 'Accept-Encoding': 'gzip' } }],
  ];
  for (const question of questions) {
    const [behind, alone] = await ask(...question);
    expect(behind).toStrictEqual(alone);
  }
  expect(hotAnswers()).toBe(0);
  await ask('/api/streams/latest');
  expect(hotAnswers()).toBe(1);
  clock.advance(3_001);
  await ask('/api/streams/latest');
  expect(hotAnswers()).toBe(1);
});

test('without data there is nothing to be hot about', async () => {
  const { url, publisher, feed, hotAnswers } = await startRoutes();
  expect((await askRaw(url, '/api/streams/latest')).body.toString()).toBe('{"error":"no data"}');
  await publisher.publish(headOf({ collectedAt: null }));
  await eventually(() => {
    expect(feed.servers.isCurrent()).toBe(true);
  });
  expect((await askRaw(url, '/api/streams/latest')).body.toString()).toBe('{"error":"no data"}');
  expect(hotAnswers()).toBe(0);
});

test('what was said of the answer before stays: Vary is added to', async () => {
  const { hot, router } = await serving();
  const url = await serve((request, response) => {
    response.setHeader('Vary', 'Origin');
    response.setHeader('Access-Control-Allow-Origin', 'http://a.example');
    if (request.url === '/healthz' || !hot(request, response)) router(request, response);
  });
  for (const path of [...PATHS, '/healthz']) {
    const { headers } = await askRaw(url, path);
    expect(headers).toContain('Access-Control-Allow-Origin: http://a.example');
    expect(headers.filter((line) => line.startsWith('Vary'))).toStrictEqual([
      'Vary: Origin, Accept-Encoding',
    ]);
  }
});
