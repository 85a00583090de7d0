import { describe, expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import { GONE_MS, type StreamRecord } from '@mediamtx-monitor/types';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import request from 'supertest';
import { headOf, streamOf } from '../publisher.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

const LIVE = { state: 'live', health: 'ok', inboundMbps: 2, restarts: 1, readers: 3 } as const;
const live = (name: string): StreamRecord => ({ ...streamOf(name), ...LIVE });

/** An API that knows `old`, of which nothing has come for so long, and `new`, which has just published. */
async function renamed(silentMs: number) {
  const bench = await startRoutes();
  const { publisher, clock, feed } = bench;
  const publish = async (server: string): Promise<void> => {
    const streams = [
      { ...live('cam'), server },
      { ...live(`only ${server}`), server },
    ];
    await publisher.publish(headOf({ server }), streams, [connectionRecord({ server, stream: 'cam' })]);
    await eventually(() => {
      expect(feed.servers.newest('connections', server)).toBeDefined();
    });
  };
  await publish('old');
  clock.advance(silentMs);
  await publish('new');
  // Staleness and absence are looked at by a timer.
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(silentMs > GONE_MS ? 1 : 2);
  });
  return { ...bench, get: (path: string) => ask(request(bench.url).get(path)) };
}

const shownOf = (body: unknown): string[] =>
  (body as readonly StreamRecord[]).map(({ server, name, state }) => `${server} ${name} ${state}`);
const itemsOf = (body: unknown): string[] => shownOf((body as { readonly items: unknown }).items);

describe('a server that has been silent for 3 intervals, among others', () => {
  test('has records of which nothing is known any more but what MediaMTX said last', async () => {
    const { get } = await renamed(6_001);
    const { body, headers } = await get('/api/streams/latest');
    expect(shownOf(body)).toStrictEqual([
      'new cam live',
      'new only new live',
      'old cam unknown',
      'old only old unknown',
    ]);
    const [, , record] = body as readonly StreamRecord[];
    expect(record).toMatchObject({ readers: 3, health: 'unknown', inboundMbps: null, restarts: null });
    expect(record?.since).toBe(headOf().publishedAt);
    expect(streamRecordSchema.validate(record).error).toBeUndefined();
    expect(headers).toMatchObject({ age: '6', 'x-snapshot-stale': 'true' });
    expect(itemsOf((await get('/api/streams?state=live')).body)).toStrictEqual([
      'new cam live',
      'new only new live',
    ]);
    expect(itemsOf((await get('/api/streams?state=unknown')).body)).toStrictEqual([
      'old cam unknown',
      'old only old unknown',
    ]);
  });

  test('until then they are as published', async () => {
    const { get } = await renamed(6_000);
    expect(shownOf((await get('/api/streams/latest')).body)).toContain('old cam live');
  });

  test('alone it is served as published, since headers say how old that is', async () => {
    const { get } = await renamed(6_001);
    for (const path of ['/api/streams/latest?server=old', '/api/streams/only%20old']) {
      const { text, headers } = await get(path);
      expect(text).toContain('"state":"live"');
      expect(headers).toMatchObject({ age: '6', 'x-snapshot-stale': 'true' });
    }
  });

  test('leaves a name to the server that is there', async () => {
    const { get } = await renamed(6_001);
    expect((await get('/api/streams/cam')).body).toMatchObject({ server: 'new' });
    expect((await get('/api/streams/cam/connections')).body).toMatchObject({ items: [{ server: 'new' }] });
    expect((await get('/api/streams/cam?server=old')).body).toMatchObject({ server: 'old' });
  });

  test('is a new answer when it goes silent, and another when it is back', async () => {
    const { get, publisher, feed } = await renamed(6_001);
    const tags = [(await get('/api/streams/latest')).headers['etag']];
    await publisher.publish(headOf({ server: 'old', seq: 2 }), [live('cam')]);
    await eventually(() => {
      expect(feed.servers.newest('streams', 'old')?.head?.seq).toBe(2);
    });
    tags.push((await get('/api/streams/latest')).headers['etag']);
    expect(new Set(tags).size).toBe(2);
  });
});

describe('a server that is gone', () => {
  test('is listed as such, and nowhere else', async () => {
    const { get } = await renamed(GONE_MS + 1);
    const { body } = await get('/api/servers');
    expect(body).toMatchObject({
      total: 2,
      items: [
        { server: 'new', stale: false, gone: false },
        { server: 'old', stale: true, gone: true },
      ],
    });
    const latest = await get('/api/streams/latest');
    expect(shownOf(latest.body)).toStrictEqual(['new cam live', 'new only new live']);
    expect(latest.headers).toMatchObject({ age: '0', 'x-snapshot-stale': 'false' });
    expect(itemsOf((await get('/api/streams')).body)).toStrictEqual(['new cam live', 'new only new live']);
    expect((await get('/api/snapshot')).body).toMatchObject({ server: 'new' });
    expect((await get('/api/streams/only%20old')).body).toMatchObject({ code: 'unknown-stream' });
  });

  test('is still answered to who asks for it', async () => {
    const { get } = await renamed(GONE_MS + 1);
    const { status, body, headers } = await get('/api/streams/latest?server=old');
    expect([status, shownOf(body)]).toStrictEqual([200, ['old cam live', 'old only old live']]);
    expect(headers).toMatchObject({ age: '86400', 'x-snapshot-stale': 'true' });
    expect((await get('/api/snapshot?server=old')).body).toMatchObject({ server: 'old' });
    expect((await get('/api/streams/cam/connections?server=old')).body).toMatchObject({ total: 1 });
    expect((await get('/api/streams?server=other')).body).toMatchObject({
      detail: 'There is no server "other"; there is: new, old.',
    });
  });

  test('leaves no data where there is no other', async () => {
    const { url, publisher, feed, clock } = await startRoutes();
    await publisher.publish(headOf(), [live('cam')]);
    await eventually(() => {
      expect(feed.servers.fleet().ticks).toHaveLength(1);
    });
    clock.advance(GONE_MS + 1);
    await eventually(() => {
      expect(feed.servers.fleet().ticks).toHaveLength(0);
    });
    const get = (path: string) => ask(request(url).get(path));
    expect((await get('/api/streams/latest')).text).toBe('{"error":"no data"}');
    expect((await get('/api/streams')).body).toMatchObject({ status: 503, code: 'no-data' });
    expect((await get('/api/snapshot')).body).toMatchObject({ code: 'no-data' });
  });
});
