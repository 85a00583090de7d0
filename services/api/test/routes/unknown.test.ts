import { describe, expect, test } from '@jest/globals';
import { eventually, freePort, startRedisServer } from '@mediamtx-monitor/testkit';
import { atEnd } from '../bench.ts';
import { happening, storedEvent } from '../happening.ts';
import { headOf, hostsHeadOf, streamOf } from '../publisher.ts';
import { type ApiBenchOptions, startApi } from '../started-api.ts';

const OF_SERVERS = [
  '/api/events?server=',
  '/api/streams/cam/events?server=',
  '/api/sessions?server=',
  '/api/sessions.csv?server=',
  '/api/reports/availability?server=',
  '/api/reports/availability.csv?server=',
];

async function serving(options: ApiBenchOptions = {}) {
  const bench = await startApi(options);
  const know = async (): Promise<void> => {
    await bench.publisher.publish(headOf(), [streamOf('cam')]);
    await eventually(() => {
      expect(bench.api.feed.servers.heads).toHaveLength(1);
    });
  };
  const codesOf = async (paths: readonly string[]): Promise<readonly unknown[]> => {
    const answers = paths.map(async (path) => {
      const answer = await fetch(`${bench.url}${path}`);
      return answer.ok ? 200 : ((await answer.json()) as { readonly code: string }).code;
    });
    return Promise.all(answers);
  };
  return {
    ...bench,
    ...happening(bench),
    know,
    codesOf,
    durable: bench.publisher.redis,
    names: bench.publisher.names,
  };
}
const alike = (paths: readonly string[], code: unknown): readonly unknown[] => paths.map(() => code);

describe('a server of which nothing is known and nothing kept', () => {
  const paths = [...OF_SERVERS.map((path) => `${path}none`), '/api/servers/none/history'];

  test('is told as that by all that read what is kept', async () => {
    const { know, codesOf } = await serving();
    await know();
    expect(await codesOf(paths)).toStrictEqual(alike(paths, 'unknown-server'));
    const known = [...OF_SERVERS.map((path) => `${path}main`), '/api/servers/main/history'];
    expect(await codesOf(known)).toStrictEqual(alike(known, 200));
  });

  test('is none while no server is known, as far as nothing was ever told', async () => {
    const { codesOf } = await serving();
    expect(await codesOf(paths)).toStrictEqual(alike(paths, 200));
  });

  test('is told as such by nobody who can’t know', async () => {
    const redis = await startRedisServer();
    atEnd(() => redis.stop());
    const { know, codesOf, api } = await serving({
      redisUrl: redis.url,
      publisherUrl: redis.url,
      config: { REDIS_DURABLE_URL: redis.url },
    });
    await know();
    await redis.stop();
    await eventually(() => {
      expect(api.feed.subscribed).toBe(false);
    });
    expect(await codesOf(paths)).toStrictEqual(alike(paths, 'store-unavailable'));
  });
});

describe('a server that isn’t there any more is known by what is kept,', () => {
  const paths = OF_SERVERS.filter((path) => !path.includes('/cam/')).map((path) => `${path}gone`);

  test('of what happened', async () => {
    const { know, codesOf, add } = await serving();
    await know();
    await add([1], { server: 'gone' });
    const events = '/api/events?server=gone';
    const reports = paths.filter((path) => path.includes('/reports/'));
    const known = [events, `${events}&stream=x`, `${events}&type=server.restarted`, ...reports];
    expect(await codesOf(known)).toStrictEqual(alike(known, 200));
  });

  test('by what its events told so far, though none is kept', async () => {
    const { know, codesOf, durable, names } = await serving();
    await know();
    await durable.hset(names.eventBaseline('gone'), 'server', '{}');
    expect(await codesOf(paths)).toStrictEqual(alike(paths, 200));
    // History has a connection of its own, which may come up later.
    await eventually(async () => {
      expect(await codesOf(['/api/servers/gone/history'])).toStrictEqual([200]);
    });
  });

  test('by its history, where that is asked for', async () => {
    const { know, codesOf, durable, names } = await serving();
    await know();
    await durable.set(names.history({ kind: 'server', server: 'gone' }, '5m', Date.now() - 86_400_000), 'x');
    // History has a connection of its own, which may come up later.
    await eventually(async () => {
      expect(await codesOf(['/api/servers/gone/history'])).toStrictEqual([200]);
    });
    expect(await codesOf(paths)).toStrictEqual(alike(paths, 'unknown-server'));
  });
});

test('what an engine keeps is asked for history only', async () => {
  const closed = await freePort();
  const { know, codesOf } = await serving({ config: { HISTORY_URL: `http://127.0.0.1:${closed}` } });
  await know();
  const paths = OF_SERVERS.map((path) => `${path}none`);
  expect(await codesOf(paths)).toStrictEqual(alike(paths, 'unknown-server'));
  expect(await codesOf(['/api/servers/none/history'])).toStrictEqual(['store-unavailable']);
});

describe('a stream', () => {
  test('of which nobody has heard is told as that, one of before is not', async () => {
    const { know, codesOf, add, durable, names } = await serving();
    await know();
    await add([1], { stream: 'old' });
    await durable.zadd(names.historyStreams('main'), 1, 'older');
    const of = (name: string, query = '') => codesOf([`/api/streams/${name}/events${query}`]);
    expect(await of('none')).toStrictEqual(['unknown-stream']);
    expect(await of('none', '?server=main')).toStrictEqual(['unknown-stream']);
    expect(await of('none', '?since=0-0')).toStrictEqual(['unknown-stream']);
    for (const name of ['cam', 'old', 'older']) expect([name, await of(name)]).toStrictEqual([name, [200]]);
    // Who goes on was told before that there is one.
    expect(await of('old', '?since=1-0')).toStrictEqual([200]);
    expect(await of('old', '?type=stream.health')).toStrictEqual([200]);
    const globs = [
      '/api/events?stream=none*',
      '/api/sessions?stream=none*',
      '/api/reports/availability?stream=n',
    ];
    expect(await codesOf(globs)).toStrictEqual([200, 200, 200]);
  });

  test('of which there may be events that weren’t looked at isn’t told as unknown', async () => {
    const { know, codesOf, durable, names } = await serving();
    await know();
    const fill = `for n = 1, 20001 do redis.call('XADD', KEYS[1], n .. '-0', 'json', ARGV[1]) end`;
    await durable.eval(fill, 1, names.events, JSON.stringify(storedEvent({ stream: 'cam' })));
    expect(await codesOf(['/api/streams/old/events'])).toStrictEqual([200]);
    await durable.xtrim(names.events, 'MINID', '3-0');
    expect(await codesOf(['/api/streams/old/events'])).toStrictEqual(['unknown-stream']);
  });

  test('of a server nobody knows is none while nothing is known', async () => {
    const { codesOf } = await serving();
    expect(await codesOf(['/api/streams/none/events'])).toStrictEqual([200]);
  });
});

test('a host is known while it speaks, and by what is kept of it', async () => {
  const { codesOf, publisher, durable, names, know } = await serving();
  await know();
  const path = '/api/hosts/media-1/history';
  expect(await codesOf([path])).toStrictEqual(['unknown-host']);
  await durable.set(names.history({ kind: 'host', host: 'media-1' }, '5m', Date.now() - 86_400_000), 'x');
  expect(await codesOf([path])).toStrictEqual([200]);
  await publisher.publishHost(hostsHeadOf({ host: 'media-2' }));
  await eventually(async () => {
    expect(await codesOf(['/api/hosts/media-2/history'])).toStrictEqual([200]);
  });
});
