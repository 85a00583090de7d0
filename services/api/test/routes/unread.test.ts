import { describe, expect, test } from '@jest/globals';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { createServerMetrics } from '../../src/metrics/server-metrics.ts';
import { atEnd } from '../bench.ts';
import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { startRoutes } from './start-routes.ts';

/** Routes that know two servers and hold the streams of `a` alone, with a Redis that has gone. */
async function withoutRedis() {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  const { url, feed, publisher } = await startRoutes({ redisUrl: redis.url, isFollowed: false });
  for (const server of ['a', 'b']) {
    const labels = { site: server === 'a' ? 'north' : 'south' };
    await publisher.publish(headOf({ ...freshTimes(), server, labels }), [streamOf(`cam/${server}`)]);
  }
  await eventually(() => {
    expect(feed.servers.heads).toHaveLength(2);
  });
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  expect((await get('/api/streams?server=a')).status).toBe(200);
  await redis.stop();
  await eventually(() => {
    expect(feed.knowsAll).toBe(false);
  });
  return { get, feed };
}

describe('while Redis is away, and streams of some servers were never asked for', () => {
  test('what is held is answered, and nothing is left out of an answer without a word', async () => {
    const { get } = await withoutRedis();
    for (const choice of ['server=a', 'label=site:north']) {
      const { status, text } = await get(`/api/streams?${choice}`);
      expect([status, text]).toStrictEqual([200, expect.stringContaining('cam/a')]);
    }
    for (const path of ['/api/streams', '/api/streams?server=b', '/api/streams?label=site:south']) {
      const { status, text } = await get(path);
      expect([path, status]).toStrictEqual([path, 503]);
      expect(JSON.parse(text)).toMatchObject({
        code: 'no-data',
        detail: expect.stringContaining('Redis does not answer'),
      });
    }
    expect((await get('/api/streams/cam%2Fb')).status).toBe(503);
    expect((await get('/api/streams/latest')).text).toBe('{"error":"no data"}');
    expect((await get('/api/streams/latest?server=a')).text).toContain('cam/a');
  });

  test('heads tell as much of all of them as before', async () => {
    const { get, feed } = await withoutRedis();
    const servers = JSON.parse((await get('/api/servers')).text) as { readonly items: readonly object[] };
    expect(servers.items).toMatchObject([{ server: 'a' }, { server: 'b' }]);
    const metrics = (await createServerMetrics(feed).text()).toString();
    expect(metrics).toContain('mediamtx_monitor_server_up{server="a"}');
    expect(metrics).toContain('mediamtx_monitor_server_up{server="b"}');
  });
});
