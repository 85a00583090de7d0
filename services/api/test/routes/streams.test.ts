import { expect, test } from '@jest/globals';
import { eventually, streamRecord } from '@mediamtx-monitor/testkit';
import request from 'supertest';
import { headOf } from '../publisher.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

async function serving() {
  const bench = await startRoutes();
  const { publisher, feed, url } = bench;
  await publisher.publish(headOf(), [
    streamRecord({ name: 'a', state: 'live', inboundMbps: 2, health: 'warning' }),
    streamRecord({ name: 'Küche', state: 'stalled', inboundMbps: null }),
    streamRecord({ name: 'z', state: 'live', inboundMbps: 5 }),
  ]);
  await publisher.publish(headOf({ server: 'b', collectedAt: '2025-12-31T23:59:00.000Z' }), [
    streamRecord({ name: 'a', server: 'b' }),
  ]);
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(2);
  });
  return { ...bench, list: async (query = '') => ask(request(url).get(`/api/streams${query}`)) };
}

/** Names and total of an answer. */
function found(body: unknown): [names: unknown, total: unknown] {
  const { items, total } = body as { items: { name: unknown; server: unknown }[]; total: unknown };
  return [items.map(({ name, server }) => `${String(name)}@${String(server)}`), total];
}

test('all streams of all servers by name, with the oldest server’s headers', async () => {
  const { list } = await serving();
  const { status, body, headers } = await list();
  expect(status).toBe(200);
  expect(found(body)).toStrictEqual([['Küche@main', 'a@b', 'a@main', 'z@main'], 4]);
  expect(body).toMatchObject({ items: expect.arrayContaining([streamRecord({ name: 'a', server: 'b' })]) });
  expect(headers).toMatchObject({ age: '60', 'x-snapshot-stale': 'true', 'cache-control': 'no-cache' });
});

test.each([
  ['?state=live', ['a@main', 'z@main'], 2],
  ['?state=stalled,idle', ['Küche@main', 'a@b'], 2],
  ['?health=warning', ['a@main'], 1],
  ['?server=b', ['a@b'], 1],
  ['?server=b&state=live', [], 0],
  ['?search=k%C3%BC', ['Küche@main'], 1],
  ['?sort=-inboundMbps', ['z@main', 'a@main', 'a@b', 'Küche@main'], 4],
  ['?sort=inboundMbps&limit=2', ['a@b', 'a@main'], 4],
  ['?sort=-name&limit=1', ['z@main'], 4],
])('%s', async (query, names, total) => {
  const { list } = await serving();
  expect(found((await list(query)).body)).toStrictEqual([names, total]);
});

test('the same question in other words has the same tag, another question another', async () => {
  const { list } = await serving();
  const tags = await Promise.all(
    [
      '?state=live,idle',
      '?state=idle,live,idle',
      '?state=live',
      '',
      '?sort=name',
      '?search=A',
      '?search=a',
    ].map(async (query) => (await list(query)).headers['etag']),
  );
  expect(tags[0]).toMatch(/^"[\w-]+"$/);
  expect(tags.map((tag) => tags.indexOf(tag))).toStrictEqual([0, 0, 2, 3, 3, 5, 5]);
});

test('one server’s tag doesn’t change with another’s tick', async () => {
  const { list, publisher, feed } = await serving();
  const before = [(await list()).headers['etag'], (await list('?server=b')).headers['etag']];
  await publisher.publish(headOf({ seq: 2 }));
  await eventually(() => {
    expect(feed.servers.newest('streams', 'main')?.head?.seq).toBe(2);
  });
  const after = [(await list()).headers['etag'], (await list('?server=b')).headers['etag']];
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});

test('a bare array’s records are listed with the server they are stored for', async () => {
  const { publisher, clock, url } = await startRoutes();
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[{"name":"by hand","readers":2}, 7]');
  clock.advance(2_000);
  const { body } = await ask(request(url).get('/api/streams?sort=-readers'));
  expect(body).toStrictEqual({ items: [{ name: 'by hand', readers: 2, server: 'main' }], total: 1 });
  expect((await ask(request(url).get('/api/streams?state=live'))).body).toStrictEqual({
    items: [],
    total: 0,
  });
});

test('nothing known is not an empty list', async () => {
  const { url, publisher, feed } = await startRoutes();
  const refused = { status: 503, code: 'no-data' };
  expect((await ask(request(url).get('/api/streams'))).body).toMatchObject(refused);
  await publisher.publish(headOf({ collectedAt: null }));
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(1);
  });
  expect((await ask(request(url).get('/api/streams'))).body).toMatchObject(refused);
  await publisher.publish(headOf({ seq: 2 }), []);
  await eventually(async () => {
    expect((await ask(request(url).get('/api/streams'))).body).toStrictEqual({ items: [], total: 0 });
  });
  expect((await ask(request(url).get('/api/streams?server=b'))).body).toMatchObject({
    code: 'unknown-server',
  });
});

test('a snapshot of some streams only', async () => {
  const { url } = await serving();
  const { body } = await ask(request(url).get('/api/snapshot?server=main&stream=K*'));
  expect(body).toMatchObject({ type: 'streams', server: 'main', streams: [{ name: 'Küche' }] });
  const none = await ask(request(url).get('/api/snapshot?server=main&stream=none'));
  expect(none.body).toMatchObject({ streams: [] });
  expect(none.headers['etag']).toMatch(/^"[\w-]{43}"$/);
});
