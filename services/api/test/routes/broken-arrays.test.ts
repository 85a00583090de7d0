import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import request from 'supertest';
import { headOf, hostsHeadOf, streamOf } from '../publisher.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

/** Too deep for JSON.stringify. */
const NESTED = '['.repeat(9_000) + ']'.repeat(9_000);

/** An API that knows `good`, and `bad` with this array. */
async function serving(array: string | Buffer) {
  const bench = await startRoutes();
  const { publisher, feed } = bench;
  await publisher.publish(headOf({ server: 'good' }), [streamOf('cam')]);
  const head = JSON.stringify(headOf({ server: 'bad' })).slice(0, -1);
  await publisher.publishRaw(
    Buffer.concat([Buffer.from(`${head},"streams":`), Buffer.from(array), Buffer.from('}')]),
  );
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(2);
  });
  return { ...bench, get: (path: string) => ask(request(bench.url).get(path)) };
}

test.each([
  ['a comma too many', '[{"a":1},]'],
  ['another bracket', '[1}]'],
  ['more than one', '[],[]'],
  ['a number', '[1]'],
  ['null', '[null]'],
  ['an array', '[[]]'],
  ['a record nested without end', `[{"name":"x","y":${NESTED}}]`],
  ['text that is no UTF-8', Buffer.from([0x5b, 0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x5d])],
])('an array with %s is left out of the joined one, and counted', async (_what, array) => {
  const { get, feed } = await serving(array);
  for (let asked = 0; asked < 2; asked += 1) {
    expect((await get('/api/streams/latest')).body).toStrictEqual([streamOf('cam')]);
  }
  expect(feed.rejectionCount).toBe(1);
  expect((await get('/api/streams')).status).toBe(200);
  expect((await get('/api/streams/cam')).body).toStrictEqual({ ...streamOf('cam'), server: 'good' });
});

test('a record nested without end breaks no list, no filter and no host', async () => {
  const { get, publisher, feed } = await serving(
    `[${JSON.stringify(streamOf('ok'))},{"name":"x","y":${NESTED}}]`,
  );
  expect((await get('/api/streams')).body).toMatchObject({ total: 2 });
  expect((await get('/api/snapshot?server=bad&stream=*')).body).toMatchObject({ streams: [{ name: 'ok' }] });
  const host = JSON.stringify(hostsHeadOf()).slice(0, -1);
  await publisher.redis.publish(publisher.names.channel('hosts'), `${host},"hosts":[{"x":${NESTED}}]}`);
  await publisher.publishHost(hostsHeadOf({ host: 'other' }));
  await eventually(() => {
    expect(feed.hosts.fleet().ticks).toHaveLength(2);
  });
  expect((await get('/api/hosts')).body).toMatchObject({ total: 1, items: [{ host: 'other' }] });
});

test('a message of many hosts is one of the host it is about', async () => {
  const { get, publisher, feed } = await serving('[]');
  const host = JSON.stringify(hostsHeadOf()).slice(0, -1);
  await publisher.redis.publish(publisher.names.channel('hosts'), `${host},"hosts":[{"a":1},{"b":2}]}`);
  await eventually(() => {
    expect(feed.hosts.fleet().ticks).toHaveLength(1);
  });
  expect((await get('/api/hosts')).body).toMatchObject({ total: 1, items: [{ a: 1 }] });
});
