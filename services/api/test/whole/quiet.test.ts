import { expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { atEnd } from '../bench.ts';
import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';

/** An API that nobody has asked for streams, after three ticks. */
async function quietApi() {
  const { api, url, publisher, clock } = await startApi({ isFollowed: false });
  for (const seq of [1, 2, 3]) {
    const connections = [connectionRecord({ stream: `of ${seq}` })];
    await publisher.publish(headOf({ ...freshTimes(), seq }), [streamOf(`of ${seq}`)], connections);
  }
  await eventually(() => {
    expect(api.feed.servers.heads[0]?.head?.seq).toBe(3);
  });
  const listeners = async (): Promise<number> =>
    Number((await publisher.redis.pubsub('NUMSUB', publisher.names.channel('streams')))[1]);
  const get = (path: string): Promise<Response> => fetch(`${url}${path}`);
  return { url, clock, publisher, listeners, get };
}

test('what says how it is needs no streams, and makes nobody send them', async () => {
  const { clock, listeners, get } = await quietApi();
  expect(await (await get('/healthz')).json()).toStrictEqual({
    status: 'ok',
    servers: 1,
    followed: { streams: 0, connections: 0 },
  });
  expect(await (await get('/readyz')).json()).toStrictEqual({ status: 'ready' });
  expect(await (await get('/api/servers')).json()).toMatchObject({
    items: [{ server: 'main', stale: false }],
  });
  expect(await (await get('/metrics')).text()).toContain('mediamtx_monitor_snapshot_stale{server="main"} 0');
  clock.advance(7_000);
  const metrics = await (await get('/metrics')).text();
  expect(metrics).toContain('mediamtx_monitor_snapshot_age_seconds{server="main"} 7\n');
  expect(metrics).toContain('mediamtx_monitor_snapshot_stale{server="main"} 1');
  expect(await listeners()).toBe(0);
});

test.each(['/api/streams/latest', '/api/snapshot', '/api/streams', '/api/streams/of%203/connections'])(
  'the first request has what is newest: %s',
  async (path) => {
    const { listeners, get } = await quietApi();
    const answer = await get(path);
    expect([answer.status, answer.headers.get('age')]).toStrictEqual([200, '0']);
    expect(await answer.text()).toContain('of 3');
    await eventually(async () => {
      expect(await listeners()).toBe(1);
    });
  },
);

test('the first client gets what is newest, then how old that is, and each tick from then on', async () => {
  const { url, publisher } = await quietApi();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?topics=streams,connections`);
  atEnd(() => {
    socket.terminate();
  });
  const came: string[] = [];
  socket.on('message', (data: Buffer) => {
    const { type, seq } = JSON.parse(data.toString()) as { readonly type: string; readonly seq?: number };
    came.push(`${type} ${seq ?? ''}`);
  });
  await eventually(() => {
    // Either topic may be read first.
    expect([...came.slice(0, 2).sort(), ...came.slice(2)]).toStrictEqual([
      'connections 3',
      'streams 3',
      'status ',
    ]);
  });
  await publisher.publish(headOf({ ...freshTimes(), seq: 4 }), [streamOf('of 4')]);
  await eventually(() => {
    // Each has a channel of its own, which may be followed sooner or later.
    expect(came.slice(3).sort()).toStrictEqual(['connections 4', 'streams 4']);
  });
});
