import { expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { askRaw } from '../http/raw.ts';
import { startApi } from '../started-api.ts';
import { connectClient } from '../live/ws/client.ts';

const PATHS = [
  '/api/streams/latest',
  '/api/snapshot',
  '/api/snapshot?stream=cam*',
  '/api/streams?sort=-name&limit=1',
  '/api/streams/cam-1',
  '/api/streams/cam-1/connections',
  '/metrics/streams',
];

test('two replicas on one Redis give the same bytes and the same tags, whichever saw the tick told', async () => {
  const one = await startApi();
  const streams = [streamOf('cam-1'), streamOf('cam-2')];
  const publish = (seq: number) =>
    one.publisher.publish(headOf({ ...freshTimes(), seq }), streams, [connectionRecord({ stream: 'cam-1' })]);
  await publish(1);
  await eventually(() => {
    expect(one.api.feed.servers.fleet('connections').ticks).toHaveLength(1);
  });
  // This one reads the keys, since nothing was told to it.
  const other = await startApi({ prefix: one.prefix });
  for (const encoding of ['identity', 'gzip']) {
    for (const path of PATHS) {
      const [here, there] = await Promise.all(
        [one, other].map(({ url }) => askRaw(url, path, { headers: { 'Accept-Encoding': encoding } })),
      );
      expect(here?.status).toBe(200);
      expect([path, there?.body]).toStrictEqual([path, here?.body]);
      const tags = [here, there].map((answer) => answer?.headers.filter((line) => line.startsWith('ETag')));
      expect(tags[1]).toStrictEqual(tags[0]);
    }
  }

  const clients = await Promise.all(
    [one, other].map(({ url }) => connectClient(url, '?topics=streams,connections')),
  );
  await publish(2);
  await eventually(() => {
    for (const client of clients)
      expect(client.short()).toStrictEqual(expect.arrayContaining(['main 2', 'main connections 2']));
  });
  const [here, there] = clients.map(({ messages }) => messages.filter((text) => text.includes('"seq":2,')));
  expect(there).toStrictEqual(here);
});

test('a replica that dies takes nothing with it', async () => {
  const one = await startApi();
  const other = await startApi({ prefix: one.prefix });
  const client = await connectClient(one.url);
  await one.stop();
  expect(await client.closed).toBe(1012);
  const again = await connectClient(other.url);
  await one.publisher.publish(headOf(), [streamOf('a')]);
  await eventually(() => {
    expect(again.short()).toContain('main 1');
  });
});
