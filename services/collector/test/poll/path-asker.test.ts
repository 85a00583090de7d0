import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { constructedBody, createFakeClock, recordedBody } from '@mediamtx-monitor/testkit';
import { PathAsker } from '../../src/poll/path-asker.ts';
import type { ServerRun } from '../../src/poll/list-names.ts';
import { Budget, TICK_LIMITS } from '../../src/poll/budget.ts';
import { Poller } from '../../src/poll/index.ts';
import { createRequest } from '../../src/poll/request.ts';
import {
  type AnsweringPaths,
  answeringPaths,
  json,
  listed,
  live,
  ON_DEMAND,
  pulled,
  type MediamtxReply,
  TIMEOUT_MS,
  V1_20,
  V1_21,
} from '../support/answering-paths.ts';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';
import { readFully } from '../support/polls.ts';

let server: AnsweringPaths | AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
async function answering(...replies: Parameters<typeof answeringPaths>) {
  const paths = await answeringPaths(...replies);
  server = paths;
  return paths;
}

describe('a static source', () => {
  const ROUTE = 'paths/static-sources/get/cam';

  test('is asked for by its path’s name, and told as it came (constructed)', async () => {
    const body = constructedBody('static-sources.unready.json');
    const { ask } = await answering({ 'paths/static-sources/get/cam%2Fone': json(body) });
    const { sources } = await ask([pulled('cam/one')]);
    expect(sources.get('cam/one')).toStrictEqual({ fact: JSON.parse(body) as unknown, receivedAtMs: 1_000 });
  });

  test('is told in the poll that asked for it only', async () => {
    const body = json(constructedBody('static-sources.pulled.json'));
    const { ask, clock } = await answering({ [ROUTE]: body });
    const paths = [listed({ name: 'cam', source: { type: 'rtspSource', id: '' }, ready: true })];
    expect((await ask(paths)).sources.size).toBe(1);
    clock.advance(2_000);
    expect((await ask(paths)).sources.size).toBe(0);
    clock.advance(8_000);
    expect((await ask(paths)).sources.size).toBe(1);
  });

  test('isn’t asked for before 1.21, nor where the version says nothing and a text 404 says it all', async () => {
    const old = await answering({});
    await old.ask([pulled('cam')], V1_20);
    expect(old.asked()).toStrictEqual([]);
    await server?.close();
    const unknown = await answering({});
    const fork: ServerRun = { version: null, naming: 'old', run: 0 };
    await unknown.ask([pulled('cam')], fork);
    expect(unknown.asked()).toStrictEqual([ROUTE]);
    for (let tick = 0; tick < 3; tick += 1) {
      unknown.clock.advance(600_000);
      await unknown.ask([pulled('cam')], fork);
    }
    expect(unknown.asked()).toStrictEqual([]);
    await unknown.ask([pulled('cam')], { ...fork, run: 1 });
    expect(unknown.asked()).toStrictEqual([ROUTE]);
  });

  test('that MediaMTX calls none is left alone for ten minutes: each answer is an error in its log', async () => {
    const { ask, asked, clock } = await answering({
      [ROUTE]: json(constructedBody('errors/static-sources_not_static.404.json'), 404),
      'paths/static-sources/get/other': json(constructedBody('static-sources.unready.json')),
    });
    const paths = [pulled('cam'), pulled('other')];
    await ask(paths);
    asked();
    clock.advance(2_000);
    expect((await ask(paths)).sources.size).toBe(1);
    expect(asked()).toStrictEqual(['paths/static-sources/get/other']);
    clock.advance(598_000);
    await ask(paths);
    expect(asked()).toContain(ROUTE);
  });
});

describe('forwards', () => {
  test('are asked for by the name that the version knows', async () => {
    const recorded = recordedBody('1.20.1', 'paths_forward_list.t0.json');
    const constructed = constructedBody('forward-dests.rtmp-cam.json');
    const { ask } = await answering({
      'paths/forward/list?path=rtmp-cam': json(recorded),
      'paths/forward-dests/list?path=rtmp-cam': json(constructed),
    });
    const itemsOf = (body: string) => (JSON.parse(body) as { items: unknown }).items;
    expect((await ask([live('rtmp-cam')], V1_20)).forwards.get('rtmp-cam')?.fact).toStrictEqual(
      itemsOf(recorded),
    );
    expect(
      (await ask([live('rtmp-cam')], { ...V1_21, run: 1 })).forwards.get('rtmp-cam')?.fact,
    ).toStrictEqual(itemsOf(constructed));
  });

  test('are asked for by the other name where the first one is unknown, which is remembered', async () => {
    const none = json(constructedBody('forward-dests.no-forwards.json'));
    const { ask, asked } = await answering({
      'paths/forward/list?path=a': none,
      'paths/forward/list?path=b': none,
    });
    await ask([live('a'), live('b')]);
    expect(asked()).toStrictEqual(['paths/forward-dests/list?path=a', 'paths/forward-dests/list?path=b']);
    const { forwards } = await ask([live('a'), live('b')]);
    expect([...forwards].map(([name, { fact }]) => [name, fact])).toStrictEqual([
      ['a', []],
      ['b', []],
    ]);
    expect(asked()).toStrictEqual(['paths/forward/list?path=a', 'paths/forward/list?path=b']);
  });

  test('aren’t asked for where both names are unknown, nor before 1.20', async () => {
    const { ask, asked, clock } = await answering({});
    await ask([live('a')], { version: 'v1.19.1', naming: 'old', run: 0 });
    expect(asked()).toStrictEqual([]);
    for (let tick = 0; tick < 4; tick += 1) {
      await ask([live('a')]);
      clock.advance(600_000);
    }
    expect(asked()).toStrictEqual(['paths/forward-dests/list?path=a', 'paths/forward/list?path=a']);
  });

  test('are asked for in each tick where there are some, as long as it is live', async () => {
    const { ask, asked, clock } = await answering({
      'paths/forward-dests/list?path=a%2Fb': json(constructedBody('forward-dests.rtmp-cam.json')),
      'paths/forward-dests/list?path=c': json(constructedBody('forward-dests.no-forwards.json')),
    });
    await ask([live('a/b'), live('c')]);
    asked();
    clock.advance(2_000);
    await ask([live('a/b'), live('c')]);
    expect(asked()).toStrictEqual(['paths/forward-dests/list?path=a%2Fb']);
    await ask([live('c'), listed({ name: 'a/b' })]);
    expect(asked()).toStrictEqual([]);
  });
});

test('forwards that weren’t answered in time are asked for soon again', async () => {
  const replies: Record<string, MediamtxReply | null> = {
    'paths/forward-dests/list?path=a': json(constructedBody('forward-dests.rtmp-cam.json')),
  };
  const { ask, asked, clock } = await answering(replies);
  await ask([live('a')]);
  clock.advance(2_000);
  replies['paths/forward-dests/list?path=a'] = null;
  expect((await ask([live('a')], V1_21, 50)).forwards.size).toBe(0);
  replies['paths/forward-dests/list?path=a'] = json(constructedBody('forward-dests.rtmp-cam.json'));
  clock.advance(9_999);
  asked();
  expect((await ask([live('a')])).forwards.size).toBe(0);
  clock.advance(1);
  expect((await ask([live('a')])).forwards.size).toBe(1);
  expect(asked()).toHaveLength(1);
});

test('credentials that may not ask are not tried again and again', async () => {
  const { ask, asked, clock } = await answering({}, json('{"error":"authentication error"}', 401));
  const paths = ['a', 'b', 'c'].map((name) => listed({ name, confName: name }));
  await ask(paths);
  asked();
  clock.advance(2_000);
  await ask([...paths, listed({ name: 'd', confName: 'd' })]);
  expect(asked()).toStrictEqual([]);
  clock.advance(600_000);
  await ask(paths);
  expect(asked()).toHaveLength(3);
});

test('a question without an answer takes its time only, and the others count', async () => {
  const { ask, asked, clock } = await answering({
    'paths/static-sources/get/slow': null,
    'paths/static-sources/get/well': json(constructedBody('static-sources.unready.json')),
  });
  const paths = [pulled('slow'), pulled('well')];
  expect([...(await ask(paths, V1_21, 100)).sources.keys()]).toStrictEqual(['well']);
  asked();
  clock.advance(2_000);
  await ask(paths);
  expect(asked()).toStrictEqual(['paths/static-sources/get/well']);
  clock.advance(8_000);
  await ask(paths, V1_21, 100);
  expect(asked()).toContain('paths/static-sources/get/slow');
});

test('answers count in what a tick may hold, and take no list with them', async () => {
  const { url } = await answering({}, ON_DEMAND);
  const budget = new Budget({ ...TICK_LIMITS, bytes: 3_000 });
  const asker = new PathAsker(
    createRequest(url, null, () => 0),
    () => 0,
  );
  const paths = ['a', 'b', 'c'].map((name) => listed({ name, confName: name }));
  expect((await asker.ask(paths, V1_21, budget, TIMEOUT_MS)).configurations.size).toBe(1);
});

describe('in a tick', () => {
  const LIST = '{"itemCount":1,"pageCount":1,"items":[{"name":"a","confName":"a"}]}';

  async function polling(answer: (url: string, response: ServerResponse) => void, intervalMs: number) {
    const running = await startAnsweringServer((request, response) => {
      answer(request.url ?? '', response);
    });
    server = running;
    const poller = new Poller({
      url: running.url,
      credentials: null,
      inContainer: false,
      intervalMs,
      monotonicMs: createFakeClock().monotonicMs,
      isOnlyPoll: false,
      readItem: readFully,
    });
    return { poller, asked: running.asked };
  }

  test('lists are there though no question is answered', async () => {
    const { poller, asked } = await polling((url, response) => {
      if (url.includes('/list')) response.end(LIST);
      else if (url === '/v3/info') response.end('{"version":"v1.21.0"}');
    }, 400);
    const lists = await poller.askLists();
    expect(lists.paths.kind).toBe('items');
    const { configurations } = await poller.askPaths([listed({ name: 'a', confName: 'a' })]);
    expect(configurations.size).toBe(0);
    expect(asked).toContain('/v3/config/paths/get/a');
  });

  test('all is asked for by and by, though every fifth path list fails', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => pulled(`cam${index}`, `cam${index}`));
    let lists = 0;
    const { poller } = await polling((url, response) => {
      if (url.startsWith('/v3/paths/list')) {
        lists += 1;
        response.writeHead(lists % 5 === 0 ? 500 : 200).end(LIST);
      } else if (url.includes('config')) response.end('{"sourceOnDemand":true}');
      else if (url.includes('/list')) response.end('{"itemCount":0,"pageCount":0,"items":[]}');
      else response.end('{"version":"v1.21.0"}');
    }, 20_000);
    let known = 0;
    for (let poll = 0; poll < 50; poll += 1) {
      const hasPaths = (await poller.askLists()).paths.kind === 'items';
      known = (await poller.askPaths(hasPaths ? paths : null)).configurations.size;
    }
    expect(known).toBe(300);
  });

  test('nothing is asked of paths that weren’t listed, and what is known stays', async () => {
    const { poller, asked } = await polling((url, response) => {
      if (url.includes('/list')) response.end(LIST);
      else if (url.includes('config')) response.end('{"sourceOnDemand":true}');
      else response.end('{"version":"v1.21.0"}');
    }, 20_000);
    await poller.askLists();
    await poller.askPaths([listed({ name: 'a', confName: 'a' })]);
    const before = asked.length;
    expect((await poller.askPaths(null)).configurations.size).toBe(1);
    expect(asked).toHaveLength(before);
  });
});
