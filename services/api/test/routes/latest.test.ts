import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import request from 'supertest';

import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

const PATH = '/api/streams/latest';

/** An API that has received these servers' ticks. */
async function serving(...heads: Parameters<typeof headOf>[0][]) {
  const bench = await startRoutes();
  for (const head of heads) {
    await bench.publisher.publish(headOf(head), [streamOf(`of ${head?.server ?? 'main'}`)]);
  }
  await eventually(() => {
    expect(bench.feed.servers.fleet().ticks).toHaveLength(heads.length);
  });
  return {
    ...bench,
    get: (query = '', tag?: string) => {
      const asked = request(bench.url).get(PATH + query);
      return ask(tag === undefined ? asked : asked.set('If-None-Match', tag));
    },
  };
}

describe('one server', () => {
  test('the array as it was published, with where it comes from in headers', async () => {
    const { get, clock } = await serving({});
    clock.advance(4_700);
    const { status, text, headers } = await get();
    expect(status).toBe(200);
    expect(text).toBe(JSON.stringify([streamOf('of main')]));
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      age: '4',
      'x-collected-at': '2026-01-01T00:00:00.000Z',
      'x-snapshot-stale': 'false',
      'x-snapshot-simulated': 'false',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('old data is said to be stale, simulated data to be simulated', async () => {
    const { get, clock } = await serving({ simulated: true });
    clock.advance(60_000);
    expect((await get()).headers).toMatchObject({
      age: '60',
      'x-snapshot-stale': 'true',
      'x-snapshot-simulated': 'true',
    });
  });

  test('a name with everything in it passes through', async () => {
    const { publisher, get } = await serving({});
    const streams = [streamOf('a/"},"streams":[😀\\'), streamOf('x'.repeat(1_000))];
    await publisher.publish(headOf({ seq: 2 }), streams);
    await eventually(async () => {
      expect((await get()).body).toStrictEqual(streams);
    });
  });
});

describe('no data', () => {
  const noData = '{"error":"no data"}';

  test('an empty Redis', async () => {
    const { get } = await serving();
    for (const query of ['', '?server=main']) {
      const { status, text, headers } = await get(query);
      expect([status, text]).toStrictEqual([200, noData]);
      for (const name of ['age', 'etag', 'x-collected-at', 'x-snapshot-stale', 'x-snapshot-simulated']) {
        expect(headers).not.toHaveProperty(name);
      }
    }
  });

  test('a collector that never read a path list', async () => {
    const { get } = await serving({ collectedAt: null });
    const { text, headers } = await get();
    expect(text).toBe(noData);
    expect(headers).toMatchObject({ 'x-snapshot-stale': 'true', 'x-snapshot-simulated': 'false' });
    expect(headers).not.toHaveProperty('x-collected-at');
  });

  test('an empty list is data', async () => {
    const { publisher, feed, get } = await serving();
    await publisher.publish(headOf(), []);
    await eventually(() => {
      expect(feed.servers.fleet().ticks).toHaveLength(1);
    });
    expect((await get()).text).toBe('[]');
  });
});

test('a bare array is served as it is, without what can’t be known', async () => {
  const { publisher, clock, get } = await serving();
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[ {"name": "by hand"} ]\n');
  clock.advance(2_000);
  const { text, headers } = await get();
  expect(text).toBe('[ {"name": "by hand"} ]\n');
  for (const name of ['age', 'x-collected-at', 'x-snapshot-stale', 'x-snapshot-simulated']) {
    expect(headers).not.toHaveProperty(name);
  }
});

describe('several servers', () => {
  test('their arrays joined, with the oldest’s headers', async () => {
    const { get, clock } = await serving(
      {},
      { server: 'b', simulated: true, publishedAt: '2026-01-01T00:00:03.000Z', intervalMs: 500 },
    );
    clock.advance(100);
    const { body, headers } = await get();
    expect(body).toStrictEqual([streamOf('of b'), streamOf('of main')]);
    expect(headers).toMatchObject({
      age: '3',
      'x-collected-at': '2026-01-01T00:00:00.000Z',
      'x-snapshot-stale': 'true',
      'x-snapshot-simulated': 'true',
    });
  });

  test('one of which is nothing known make the age unknown and the data stale', async () => {
    const { get } = await serving({}, { server: 'b', collectedAt: null });
    const { headers } = await get();
    expect(headers).toMatchObject({ 'x-snapshot-stale': 'true' });
    expect(headers).not.toHaveProperty('age');
    expect(headers).not.toHaveProperty('x-collected-at');
  });

  test('?server= chooses one', async () => {
    const { get } = await serving({}, { server: 'b' });
    expect((await get('?server=b')).text).toBe(JSON.stringify([streamOf('of b')]));
  });

  test('an unknown one is a problem that names those there are', async () => {
    const { get } = await serving({}, { server: 'b' });
    const { status, body } = await get('?server=c');
    expect(status).toBe(404);
    expect(body).toStrictEqual({
      type: 'about:blank',
      status: 404,
      title: 'Unknown server',
      code: 'unknown-server',
      detail: 'There is no server "c"; there is: b, main.',
    });
  });
});

describe('ETag', () => {
  test('the same content answers 304, with its age', async () => {
    const { get } = await serving({});
    const etag = (await get()).headers['etag'] ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const { status, text, headers } = await get('', `"x", ${etag}`);
    expect([status, text]).toStrictEqual([304, '']);
    expect(headers).toMatchObject({ etag, age: '0', 'x-snapshot-stale': 'false' });
    expect((await get('', '"x"')).status).toBe(200);
  });

  test('differs between ticks, epochs, servers and sets of them', async () => {
    const { publisher, get, feed } = await serving({}, { server: 'b' });
    const tags = [(await get()).headers['etag'], (await get('?server=b')).headers['etag']];
    tags.push((await get('?server=main')).headers['etag']);
    for (const head of [headOf({ seq: 2 }), headOf({ epoch: 1_767_225_600_001 })]) {
      await publisher.publish(head);
      await eventually(() => {
        expect(feed.servers.newest('streams', 'main')?.head).toStrictEqual(head);
      });
      tags.push((await get('?server=main')).headers['etag']);
    }
    expect(new Set(tags).size).toBe(5);
  });
});

test('HEAD has the headers and no body', async () => {
  const { url } = await serving({});
  const { status, text, headers } = await ask(request(url).head(PATH));
  expect([status, text]).toStrictEqual([200, '']);
  expect(headers['content-length']).toBe(String(JSON.stringify([streamOf('of main')]).length));
  expect(headers).toHaveProperty('etag');
});

test('two APIs on one Redis answer with the same bytes, from the channel or from the key', async () => {
  const first = await startRoutes();
  await first.publisher.publish(headOf(freshTimes()), [streamOf('😀'), streamOf('b')]);
  await eventually(() => {
    expect(first.feed.servers.newest('streams', 'main')?.receivedMs).toStrictEqual(expect.any(Number));
  });
  const second = await startRoutes({ prefix: first.prefix });
  expect(second.feed.servers.newest('streams', 'main')?.receivedMs).toBeNull();
  for (const path of [PATH, '/api/snapshot']) {
    const [a, b] = await Promise.all([ask(request(first.url).get(path)), ask(request(second.url).get(path))]);
    expect(b.text).toBe(a.text);
    expect(b.headers['etag']).toBe(a.headers['etag']);
  }
});
