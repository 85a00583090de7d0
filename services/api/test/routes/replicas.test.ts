import { expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { askRaw } from '../http/raw.ts';
import { startRoutes } from './start-routes.ts';

const PATHS = [
  '/api/streams/latest',
  '/api/streams/latest?server=b',
  '/api/snapshot?server=main',
  '/api/snapshot?server=b&stream=*',
  '/api/streams?sort=-readers&search=S',
  '/api/streams/%F0%9F%98%80',
  '/api/streams/%F0%9F%98%80/connections',
  '/api/servers',
];

test('two replicas on one Redis answer with the same heads and bytes, from the channel or from the key', async () => {
  const first = await startRoutes();
  const streams = [streamOf('😀'), ...Array.from({ length: 20 }, (_each, n) => streamOf(`s${n}`))];
  let seq = 0;
  // A tick that the start's own look at the keys finds first is followed by one that the channel tells.
  await eventually(async () => {
    seq += 1;
    await first.publisher.publish(headOf({ ...freshTimes(), seq }), streams, [
      connectionRecord({ stream: '😀' }),
    ]);
    await first.publisher.publish(headOf({ ...freshTimes(), server: 'b', seq }), [streamOf('on b')]);
    await eventually(() => {
      const seqs = first.feed.servers.fleet('connections').ticks.map(({ head }) => head?.seq);
      expect(seqs).toStrictEqual([seq, seq]);
    });
    const received = first.feed.servers.fleet('streams').ticks.map(({ receivedMs }) => receivedMs);
    expect(received).toStrictEqual([expect.any(Number), expect.any(Number)]);
  });
  const second = await startRoutes({ prefix: first.prefix });
  expect(second.feed.servers.newest('streams', 'main')?.receivedMs).toBeNull();
  for (const path of PATHS) {
    for (const encoding of ['identity', 'gzip']) {
      const headers = { 'Accept-Encoding': encoding };
      const [a, b] = await Promise.all([first, second].map(({ url }) => askRaw(url, path, { headers })));
      expect(a?.status).toBe(200);
      expect(b).toStrictEqual(a);
    }
  }
});
