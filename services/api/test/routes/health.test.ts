import { expect, test } from '@jest/globals';
import { eventually, freePort, startRedisServer } from '@mediamtx-monitor/testkit';
import request from 'supertest';
import { atEnd } from '../bench.ts';

import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

async function ready(url: string): Promise<[number, unknown]> {
  const { status, body } = await ask(request(url).get('/readyz'));
  return [status, body];
}

test('with Redis it is ready; Redis going away later changes nothing', async () => {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  const { url } = await startRoutes({ redisUrl: redis.url });
  expect(await ready(url)).toStrictEqual([200, { status: 'ready' }]);
  await redis.stop();
  expect(await ready(url)).toStrictEqual([200, { status: 'ready' }]);
  expect((await ask(request(url).get('/healthz'))).body).toMatchObject({ status: 'ok' });
});

test('before Redis has ever answered it lives, but is not ready', async () => {
  const { url } = await startRoutes({ redisUrl: `redis://127.0.0.1:${await freePort()}` });
  expect(await ready(url)).toStrictEqual([503, { status: 'starting' }]);
  const { status, body } = await ask(request(url).get('/healthz'));
  expect([status, body]).toStrictEqual([
    200,
    { status: 'ok', servers: 0, followed: { streams: 0, connections: 0 } },
  ]);
  expect((await ask(request(url).get('/api/streams/latest'))).text).toBe('{"error":"no data"}');
});

test('Redis that comes later makes it ready by itself', async () => {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  await redis.stop();
  const { url } = await startRoutes({ redisUrl: redis.url });
  expect((await ready(url))[0]).toBe(503);
  await redis.start();
  await eventually(async () => {
    expect(await ready(url)).toStrictEqual([200, { status: 'ready' }]);
  });
});
