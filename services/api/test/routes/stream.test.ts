import { describe, expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { headOf, streamOf } from '../publisher.ts';
import { askRaw } from '../http/raw.ts';
import { startRoutes } from './start-routes.ts';

const onStream = (stream: string | null, id: string): ConnectionRecord => connectionRecord({ stream, id });

/** REST with these streams on server main, and a way to ask for a path as it stands. */
async function serving(names: readonly string[], connections: readonly ConnectionRecord[] = []) {
  const bench = await startRoutes();
  await bench.publisher.publish(headOf(), names.map(streamOf), connections);
  await eventually(() => {
    expect(bench.feed.servers.fleet().ticks).toHaveLength(1);
    expect(bench.feed.servers.fleet('connections').ticks).toHaveLength(1);
  });
  const get = async (path: string) => {
    const { status, body, headers } = await askRaw(bench.url, `/api/streams/${path}`);
    return { status, body: JSON.parse(body.toString()) as unknown, headers };
  };
  return { ...bench, get };
}

describe('a name is found', () => {
  const NAMES = [
    ...[
      'cam',
      'a/b/c',
      'a//b',
      '/a',
      'a/',
      '..',
      'a/../b',
      './a',
      '.hidden',
      'a b',
      'a+b',
      'a?b=c',
      'a#b',
      '&=;',
    ],
    ...['100%', '%61', 'a%2Fb', '😀/🎥', 'küche', '\u00a0', 'x:y@z', '{a}', '*', '\\', '"', '__proto__'],
    ...['connections', '/connections', 'latest/x', 'LATEST', 'x'.repeat(2_000)],
  ];

  test('with all slashes encoded, or none', async () => {
    const { get } = await serving(NAMES);
    for (const name of NAMES) {
      const encoded = encodeURIComponent(name);
      for (const path of [encoded, encoded.replaceAll('%2F', '/')]) {
        const { status, body } = await get(path);
        expect([path, status, body]).toStrictEqual([path, 200, streamOf(name)]);
      }
    }
  });

  test('with characters that need no encoding as they are', async () => {
    const { get } = await serving(NAMES);
    for (const name of ['a#b', '"', '\\', '{a}', '*', 'x:y@z', 'a+b']) {
      expect([name, (await get(name)).body]).toStrictEqual([name, streamOf(name)]);
    }
  });
});

describe('a stream called latest', () => {
  test('has a path of its own: the array keeps its', async () => {
    const { get, url } = await serving(['latest', 'latest/x'], [onStream('latest', '1')]);
    const array = [streamOf('latest'), streamOf('latest/x')];
    for (const path of ['latest', 'latest?server=main', 'latest/'])
      expect((await get(path)).body).toStrictEqual(array);
    expect((await askRaw(url, '/api/streams/latest')).status).toBe(200);
    for (const path of ['%6Catest', '%6catest', 'lates%74?server=main']) {
      expect((await get(path)).body).toStrictEqual(streamOf('latest'));
    }
    expect((await get('latest/x')).body).toStrictEqual(streamOf('latest/x'));
    expect((await get('latest/connections')).body).toMatchObject({ total: 1 });
  });
});

describe('connections', () => {
  test('those of the stream, with their number and headers', async () => {
    const [one, two] = [onStream('a/b', '1'), onStream('a/b', '2')];
    const { get } = await serving(['a/b', 'cam'], [one, onStream('a', '3'), two, onStream(null, '4')]);
    for (const path of ['a/b/connections', 'a%2Fb/connections?server=main', '%61/b/connections']) {
      const { status, body, headers } = await get(path);
      expect([status, body]).toStrictEqual([200, { items: [one, two], total: 2 }]);
      expect(headers).toStrictEqual(expect.arrayContaining(['Age: 0', 'X-Snapshot-Stale: false']));
    }
    expect((await get('cam/connections')).body).toStrictEqual({ items: [], total: 0 });
  });

  test('the end of a path is a suffix only where the whole is no stream, and never after an encoded slash', async () => {
    const names = ['a', 'a/connections', 'b'];
    const { get } = await serving(names, [onStream('a', '1'), onStream('a/connections', '2')]);
    expect((await get('a/connections')).body).toStrictEqual(streamOf('a/connections'));
    expect((await get('a/connections/connections')).body).toMatchObject({ items: [{ id: '2' }], total: 1 });
    expect((await get('b/connections')).body).toStrictEqual({ items: [], total: 0 });
    expect((await get('b%2Fconnections')).body).toMatchObject({ code: 'unknown-stream' });
    expect((await get('b/connections/')).body).toMatchObject({ code: 'unknown-stream' });
    expect((await get('b/%63onnections')).body).toMatchObject({ code: 'unknown-stream' });
  });

  test('a server that tells none has no empty list', async () => {
    const { publisher, clock, url } = await startRoutes();
    await publisher.redis.set(publisher.names.latest('streams', 'main'), '[{"name":"a"}]');
    clock.advance(2_000);
    const { body } = await askRaw(url, '/api/streams/a');
    expect(JSON.parse(body.toString())).toStrictEqual({ name: 'a', server: 'main' });
    const { status, body: problem } = await askRaw(url, '/api/streams/a/connections');
    expect([status, JSON.parse(problem.toString())]).toMatchObject([503, { code: 'no-data' }]);
  });
});

describe('several servers', () => {
  async function servingTwo() {
    const bench = await serving(['a', 'only']);
    await bench.publisher.publish(headOf({ server: 'b', simulated: true }), [
      { ...streamOf('a'), server: 'b' },
      { ...streamOf('only/connections'), server: 'b' },
    ]);
    await eventually(() => {
      expect(bench.feed.servers.fleet('connections').ticks).toHaveLength(2);
    });
    return bench;
  }

  test('a name on two of them needs one named', async () => {
    const { get } = await servingTwo();
    for (const path of ['a', 'a/connections']) {
      const { status, body } = await get(path);
      expect([status, body]).toMatchObject([
        400,
        {
          code: 'server-required',
          detail: 'It is on several servers: b, main. Add ?server= with one of them.',
        },
      ]);
    }
    expect((await get('a?server=b')).body).toStrictEqual({ ...streamOf('a'), server: 'b' });
    expect((await get('a?server=main')).body).toStrictEqual(streamOf('a'));
    expect((await get('a?server=c')).body).toMatchObject({ status: 404, code: 'unknown-server' });
  });

  test('one that is on one only is found, with that server’s headers', async () => {
    const { get } = await servingTwo();
    const { body, headers } = await get('only');
    expect(body).toStrictEqual(streamOf('only'));
    expect(headers).toContain('X-Snapshot-Simulated: false');
    expect((await get('only?server=b')).body).toMatchObject({
      code: 'unknown-stream',
      detail: 'No stream "only" on b. GET /api/streams lists what there is.',
    });
    expect((await get('only/connections')).body).toMatchObject({ name: 'only/connections' });
    expect((await get('only/connections?server=main')).body).toStrictEqual({ items: [], total: 0 });
  });
});

test('an unknown name is 404, and shown no longer than it helps', async () => {
  const { get } = await serving(['a']);
  for (const path of ['b', '/a', 'a/', 'A', '%2561', 'a%00', 'b/connections', '/connections']) {
    expect([path, (await get(path)).body]).toMatchObject([path, { status: 404, code: 'unknown-stream' }]);
  }
  const { body } = await get('y'.repeat(5_000));
  expect(JSON.stringify(body).length).toBeLessThan(500);
});

test('before any data nobody can tell', async () => {
  const { url, publisher, feed } = await startRoutes();
  const ask = async () => {
    const { status, body } = await askRaw(url, '/api/streams/a');
    return [status, JSON.parse(body.toString())] as const;
  };
  expect(await ask()).toMatchObject([503, { code: 'no-data' }]);
  await publisher.publish(headOf({ collectedAt: null }));
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(1);
  });
  expect(await ask()).toMatchObject([503, { code: 'no-data' }]);
});
