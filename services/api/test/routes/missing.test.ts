import { expect, test } from '@jest/globals';
import { eventually, streamRecord } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import request from 'supertest';
import { MISSING_STREAM } from '../describe/records.ts';
import { headOf } from '../publisher.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

const LIVE = streamRecord({ name: 'cam', state: 'live', inboundMbps: 2, readers: 1 });

/** An API that knows a live stream and one that MediaMTX doesn't list any more. */
async function serving() {
  const bench = await startRoutes();
  await bench.publisher.publish(headOf(), [LIVE, MISSING_STREAM]);
  await eventually(() => {
    expect(bench.feed.servers.fleet().ticks).toHaveLength(1);
  });
  return {
    ...bench,
    get: async (path: string): Promise<unknown> => (await ask(request(bench.url).get(path))).body,
  };
}

const namesIn = (body: unknown): string[] =>
  (body as { readonly items: readonly StreamRecord[] }).items.map(({ name }) => name);

test('a stream that MediaMTX doesn’t list is found by its name, and by its state', async () => {
  const { get } = await serving();
  expect(await get('/api/streams/gate')).toStrictEqual(MISSING_STREAM);
  expect(await get('/api/streams/gate/connections')).toStrictEqual({ items: [], total: 0 });
  expect(namesIn(await get('/api/streams?state=missing'))).toStrictEqual(['gate']);
  expect(namesIn(await get('/api/streams?state=missing,live&sort=-inboundMbps'))).toStrictEqual([
    'cam',
    'gate',
  ]);
  expect(namesIn(await get('/api/streams?health=critical&search=GAT'))).toStrictEqual(['gate']);
  expect(await get('/api/snapshot?stream=ga*')).toMatchObject({ streams: [MISSING_STREAM] });
});

test('it stands in the array with the eight fields of an idle stream', async () => {
  const { get } = await serving();
  const records = (await get('/api/streams/latest')) as readonly StreamRecord[];
  expect(records.map(({ name }) => name)).toStrictEqual(['cam', 'gate']);
  expect(Object.entries(records[1] ?? {}).slice(0, 8)).toStrictEqual([
    ['name', 'gate'],
    ['sourceType', null],
    ['tracks', []],
    ['bytesReceived', 0],
    ['readers', 0],
    ['rtt', null],
    ['recvRateMbps', null],
    ['linkCapacityMbps', null],
  ]);
});

test('among several servers, one of them of before 0.2, and once its own is silent', async () => {
  const { get, publisher, feed, clock } = await serving();
  clock.advance(7_000);
  await publisher.publish(headOf({ server: 'old' }), [
    streamRecord({ name: 'a', server: 'old', state: 'live' }),
  ]);
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(2);
  });
  const records = (await get('/api/streams/latest')) as readonly StreamRecord[];
  expect(records.map(({ name, state }) => [name, state])).toStrictEqual([
    ['cam', 'unknown'],
    ['gate', 'unknown'],
    ['a', 'live'],
  ]);
  expect(records[1]).toMatchObject({
    health: 'unknown',
    reasons: [],
    last: MISSING_STREAM.last,
    forwards: null,
  });
  expect(namesIn(await get('/api/streams?state=missing'))).toStrictEqual([]);
});
