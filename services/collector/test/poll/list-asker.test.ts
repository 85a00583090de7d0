import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import type { ListName } from '../../src/protocols/index.ts';
import type { PollResult } from '../../src/facts.ts';
import { normalise } from '../../src/normalise.ts';
import { readFully } from '../support/polls.ts';
import { Poller } from '../../src/poll/index.ts';
import { routeOf } from '../../src/poll/routes.ts';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';

const list = (...items: unknown[]): string =>
  JSON.stringify({ itemCount: items.length, pageCount: items.length === 0 ? 0 : 1, items });
const info = (version: string, started = '2026-11-28T14:00:00Z'): string =>
  JSON.stringify({ version, started });
const pathOfType = (type: string): string =>
  list({ name: 'live/one', source: { type, id: '1' }, ready: true, readers: [] });
const NO_PATHS = list();

let server: AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A MediaMTX that knows these routes only: bodies by what stands between `/v3/` and `/list`. */
async function knowing(routes: Map<string, string>) {
  let seen = 0;
  const running = await startAnsweringServer((request, response) => {
    const route = /^\/v3\/(.+?)(?:\/list)?(?:\?|$)/.exec(request.url ?? '')?.[1] ?? '';
    const body = routes.get(route);
    if (body === 'error') response.writeHead(500).end();
    else if (body === undefined)
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  server = running;
  const clock = createFakeClock();
  const poller = new Poller({
    url: running.url,
    credentials: null,
    inContainer: false,
    intervalMs: 20_000,
    monotonicMs: clock.monotonicMs,
    isOnlyPoll: false,
    readItem: readFully,
  });
  return {
    clock,
    poll: () => poller.askLists(),
    /** What was asked since the last time, without the lists' parameters. */
    asked: (): string[] => {
      const urls = running.asked.slice(seen).map((url) => url.replace(/^\/v3\/|(?:\/list)?(?:\?.*)?$/g, ''));
      seen = running.asked.length;
      return urls;
    },
  };
}

const RENAMED: readonly ListName[] = [
  'srtconns',
  'rtspconns',
  'rtspsessions',
  'rtmpconns',
  'hlsmuxers',
  'hlssessions',
];
/** Of what a server with these names answers. */
const routesOf = (version: string, naming: 'old' | 'new', paths = NO_PATHS): Map<string, string> =>
  new Map([
    ['info', info(version)],
    ['paths', paths],
    ...RENAMED.map((name): [string, string] => [routeOf(name, naming), list({ id: name, path: name })]),
  ]);
const kinds = (result: PollResult) => Object.fromEntries(RENAMED.map((name) => [name, result[name].kind]));
const ALL_READ = Object.fromEntries(RENAMED.map((name) => [name, 'items']));

describe('the names that lists are asked by', () => {
  test('are the new ones from 1.21 on, at once where the old ones are gone', async () => {
    const { poll, asked } = await knowing(routesOf('v1.30.0', 'new'));
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    asked();
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    const second = asked();
    // Muxers tell nothing where there are sessions.
    const inUse = RENAMED.filter((name) => name !== 'hlsmuxers');
    expect(second).toStrictEqual(expect.arrayContaining(inUse.map((name) => routeOf(name, 'new'))));
    expect(second.filter((route) => RENAMED.includes(route as ListName))).toStrictEqual([]);
  });

  test('become the new ones from the second tick on where both answer, as 1.21 is', async () => {
    const routes = new Map([...routesOf('v1.21.0', 'old'), ...routesOf('v1.21.0', 'new')]);
    const { poll, asked } = await knowing(routes);
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    asked();
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    expect(asked().filter((route) => RENAMED.includes(route as ListName))).toStrictEqual([]);
  });

  test('are the old ones before, and only they are asked for', async () => {
    const { poll, asked } = await knowing(routesOf('v1.20.1', 'old'));
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    expect(asked().filter((route) => route.includes('/'))).toStrictEqual([]);
  });

  test('are the old ones where a server from 1.21 on knows no others, which is remembered', async () => {
    const { poll, asked } = await knowing(routesOf('v1.21.0', 'old'));
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    asked();
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    expect(asked().filter((route) => route.includes('/'))).toStrictEqual([]);
  });

  test('begin anew with a restart', async () => {
    const routes = routesOf('v1.21.0', 'old');
    const { poll } = await knowing(routes);
    await poll();
    await poll();
    for (const [route, body] of routesOf('v1.30.0', 'new')) routes.set(route, body);
    for (const name of RENAMED) routes.delete(name);
    routes.set('info', info('v1.30.0', '2026-11-28T15:00:00Z'));
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
  });

  test('of an error are those that were really asked for', async () => {
    const routes = routesOf('v1.21.0', 'new');
    const { poll } = await knowing(routes);
    await poll();
    routes.set('srt/conns', 'error');
    routes.set('rtmp/conns', '[]');
    const { srtconns, rtmpconns } = await poll();
    expect(srtconns).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining(' HTTP 500 for srt/conns.'),
    });
    expect(rtmpconns).toMatchObject({ kind: 'failed', error: expect.stringContaining(' for rtmp/conns: ') });
  });

  test('are tried both where the version says nothing and the path list contradicts', async () => {
    const { poll, asked } = await knowing(routesOf('v0.0.0', 'new', pathOfType('srtConn')));
    expect((await poll()).srtconns.kind).toBe('items');
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    asked();
    expect(kinds(await poll())).toStrictEqual(ALL_READ);
    expect(asked().filter((route) => RENAMED.includes(route as ListName))).toStrictEqual([]);
  });

  test('stay the old ones where the new one fails', async () => {
    const routes = routesOf('v0.0.0', 'old', pathOfType('srtConn'));
    routes.delete('srtconns');
    routes.set('srt/conns', 'error');
    const { poll, asked } = await knowing(routes);
    expect((await poll()).srtconns).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining('HTTP 500'),
    });
    asked();
    expect((await poll()).rtspsessions.kind).toBe('items');
    expect(asked().filter((route) => route.includes('/'))).toStrictEqual(['srt/conns']);
  });

  test('stay the old ones where the version says nothing and nothing contradicts', async () => {
    const { poll, asked } = await knowing(routesOf('v0.0.0', 'old', pathOfType('srtConn')));
    await poll();
    await poll();
    expect(asked().filter((route) => route.includes('/'))).toStrictEqual([]);
  });
});

describe('a list that is off though the path list names one of its connections', () => {
  // As MediaMTX 1.30 might be, seen by who knows neither of its names.
  const renamedAgain = () =>
    new Map([
      ['info', info('v1.30.0')],
      [
        'paths',
        list({
          name: 'live/one',
          source: { type: 'srtConn', id: '11111111-1111-4111-8111-111111111111' },
          ready: true,
          readers: [
            { type: 'rtspSession', id: '22222222-2222-4222-8222-222222222222' },
            { type: 'hlsSession', id: '33333333-3333-4333-8333-333333333333' },
          ],
        }),
      ],
    ]);
  const NAMED: readonly ListName[] = ['srtconns', 'rtspsessions', 'hlssessions'];
  const failed = (result: PollResult) =>
    Object.entries(result).flatMap(([name, { kind }]) => (kind === 'failed' ? [name] : []));

  test('has failed from the first poll on', async () => {
    const { poll } = await knowing(renamedAgain());
    for (let tick = 0; tick < 3; tick += 1) {
      const result = await poll();
      expect(failed(result).sort()).toStrictEqual([...NAMED].sort());
      expect(result.srtconns).toMatchObject({
        error: expect.stringContaining('/v3/srt/conns/list and /v3/srtconns/list'),
      });
    }
  });

  test('is told as missing, and its connections as not known', async () => {
    const { poll } = await knowing(renamedAgain());
    const { missing, error, protocols, status } = normalise(await poll());
    expect(missing).toStrictEqual(['srtconns', 'rtspsessions', 'hlssessions']);
    expect(error).toContain('though its path list names such connections');
    expect(status).toBe('up');
    const kindOf = (name: string) => protocols.find(({ protocol }) => protocol === name)?.connections.kind;
    expect(['srt', 'rtsp', 'hls', 'rtmp'].map(kindOf)).toStrictEqual(['failed', 'failed', 'failed', 'off']);
  });

  test.each(['read', 'failed'])('and was %s in the poll before has failed at once', async (was) => {
    const routes = routesOf('v1.20.1', 'old', pathOfType('srtConn'));
    const { poll } = await knowing(routes);
    expect(failed(await poll())).toStrictEqual([]);
    if (was === 'failed') {
      routes.set('srtconns', 'error');
      await poll();
    }
    routes.delete('srtconns');
    expect((await poll()).srtconns).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining('names such connections'),
    });
  });

  test('is off at once where its protocol was switched off: nothing is named any more', async () => {
    const routes = routesOf('v1.20.1', 'old', pathOfType('srtConn'));
    const { poll } = await knowing(routes);
    await poll();
    routes.delete('srtconns');
    routes.set('paths', NO_PATHS);
    const result = await poll();
    expect([result.srtconns.kind, ...failed(result)]).toStrictEqual(['off']);
  });

  test('is off again when no connection is named any more', async () => {
    const routes = renamedAgain();
    const { poll } = await knowing(routes);
    await poll();
    await poll();
    routes.set('paths', NO_PATHS);
    expect(failed(await poll())).toStrictEqual([]);
  });

  test('is no more than off once the path list doesn’t name it any more', async () => {
    const routes = renamedAgain();
    const { poll, clock } = await knowing(routes);
    await poll();
    routes.set('paths', NO_PATHS);
    await poll();
    clock.advance(60_000);
    expect(failed(await poll())).toStrictEqual([]);
  });

  test('and has been off before is asked for again at once: its protocol was switched on', async () => {
    const routes = routesOf('v1.20.1', 'old');
    routes.delete('srtconns');
    const { poll, clock } = await knowing(routes);
    expect((await poll()).srtconns.kind).toBe('off');
    clock.advance(2_000);
    routes.set('paths', pathOfType('srtConn'));
    routes.set('srtconns', list({ id: '1' }));
    expect((await poll()).srtconns.kind).toBe('items');
  });

  test('and has been off before has failed at once if it still is', async () => {
    const routes = routesOf('v1.20.1', 'old');
    routes.delete('srtconns');
    const { poll, clock } = await knowing(routes);
    await poll();
    clock.advance(2_000);
    routes.set('paths', pathOfType('SRTCONN'));
    expect((await poll()).srtconns).toMatchObject({ kind: 'failed', status: 'error' });
  });

  test('is none where muxers stand for sessions, as before 1.18', async () => {
    const routes = routesOf(
      'v1.17.0',
      'old',
      pathOfType('rtmpConn').replace('"readers":[]', '"readers":[{"type":"hlsMuxer","id":""}]'),
    );
    routes.delete('hlssessions');
    const { poll } = await knowing(routes);
    await poll();
    const result = await poll();
    expect(result).toMatchObject({ hlssessions: { kind: 'off' }, hlsmuxers: { kind: 'items' } });
    expect(failed(result)).toStrictEqual([]);
  });

  test('is none while the path list fails', async () => {
    const routes = renamedAgain();
    const { poll } = await knowing(routes);
    await poll();
    routes.set('paths', 'error');
    expect(failed(await poll())).toStrictEqual(['paths']);
  });
});
