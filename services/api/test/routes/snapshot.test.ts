import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import request from 'supertest';

import { headOf, streamOf } from '../publisher.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

test('the message as it was published, with headers and ETag', async () => {
  const { publisher, url } = await startRoutes();
  const message = await publisher.publish(headOf({ simulated: true }), [streamOf('😀')]);
  const answer = await eventually(async () => {
    const got = await ask(request(url).get('/api/snapshot'));
    expect(got.status).toBe(200);
    return got;
  });
  expect(answer.text).toBe(message);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    age: '0',
    'x-collected-at': '2026-01-01T00:00:00.000Z',
    'x-snapshot-stale': 'false',
    'x-snapshot-simulated': 'true',
  });
  const again = await ask(
    request(url)
      .get('/api/snapshot?server=main')
      .set('If-None-Match', answer.headers['etag'] ?? ''),
  );
  expect(again.status).toBe(304);
});

test('a collector that never read a path list has a snapshot that says so', async () => {
  const { publisher, url } = await startRoutes();
  const message = await publisher.publish(headOf({ collectedAt: null }));
  await eventually(async () => {
    expect((await ask(request(url).get('/api/snapshot'))).text).toBe(message);
  });
});

test('of several servers one has to be named', async () => {
  const { publisher, feed, url } = await startRoutes();
  const message = await publisher.publish(headOf({ server: 'b' }));
  await publisher.publish(headOf());
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(2);
  });
  const { status, body } = await ask(request(url).get('/api/snapshot'));
  expect(status).toBe(400);
  expect(body).toMatchObject({
    code: 'server-required',
    detail: 'There are several servers: b, main. Add ?server= with one of them.',
  });
  expect((await ask(request(url).get('/api/snapshot?server=b'))).text).toBe(message);
  expect((await ask(request(url).get('/api/snapshot?server=c'))).body).toMatchObject({
    code: 'unknown-server',
  });
});

test('without any snapshot there is none, be there a bare array or nothing', async () => {
  const { publisher, clock, url, feed } = await startRoutes();
  expect((await ask(request(url).get('/api/snapshot'))).body).toMatchObject({ status: 503, code: 'no-data' });
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
  clock.advance(2_000);
  const { status, body } = await ask(request(url).get('/api/snapshot'));
  expect(feed.servers.fleet().ticks).toHaveLength(1);
  expect([status, body]).toStrictEqual([503, expect.objectContaining({ code: 'no-data' })]);
});
