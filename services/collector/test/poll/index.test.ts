import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, eventually } from '@mediamtx-monitor/testkit';
import { leadingList, LIST_NAMES } from '../../src/protocols/index.ts';
import { type ApiCredentials, Poller } from '../../src/poll/index.ts';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';
import { readFully } from '../support/polls.ts';

const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';
const BASIC: ApiCredentials = { kind: 'basic', user: 'monitor', password: 'pass:wörd' };

let server: AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function poller(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  credentials: ApiCredentials | null,
  { intervalMs = 20_000, isOnlyPoll = false } = {},
) {
  server = await startAnsweringServer(answer);
  const clock = createFakeClock();
  const poller = new Poller({
    url: server.url,
    credentials,
    inContainer: false,
    intervalMs,
    monotonicMs: clock.monotonicMs,
    isOnlyPoll,
    readItem: readFully,
  });
  return { clock, poll: () => poller.askLists() };
}

const isProbe = (request: IncomingMessage): boolean => request.url?.endsWith('itemsPerPage=1') === true;

/** How often each list was asked for since the last time, by its name. */
function takeAsked(asked: readonly string[], seen: { count: number }): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const url of asked.slice(seen.count)) {
    const list = /^\/v3\/(\w+)/.exec(url)?.[1] ?? url;
    counts[list] = (counts[list] ?? 0) + 1;
  }
  seen.count = asked.length;
  return counts;
}

const ONCE_EACH = Object.fromEntries(LIST_NAMES.map((list) => [list, 1]));

test('a restart between two lists is seen in the same tick', async () => {
  let started = '2026-11-28T14:00:00Z';
  let isToRestart = false;
  const path = '{"name":"cam","ready":true,"source":{"type":"srtConn","id":"1"},"readers":[]}';
  const paths = `{"itemCount":1,"pageCount":1,"items":[${path}]}`;
  const { poll } = await poller((request, response) => {
    const list = /^\/v3\/\w+/.exec(request.url ?? '')?.[0] ?? '';
    if (list === '/v3/info') response.end(JSON.stringify({ version: 'v1.20.1', started }));
    else if (isToRestart && list === '/v3/srtconns') {
      started = '2026-11-29T14:00:00Z';
      isToRestart = false;
      request.socket.destroy();
    } else response.end(list === '/v3/paths' ? paths : EMPTY);
  }, null);
  await poll();
  isToRestart = true;
  expect((await poll()).info).toMatchObject({ kind: 'items', items: [{ started }] });
});

test('all lists are asked at the same time, with one request each', async () => {
  const waiting: ServerResponse[] = [];
  const { poll } = await poller((_request, response) => {
    waiting.push(response);
    if (waiting.length === LIST_NAMES.length) for (const each of waiting) each.end(EMPTY);
  }, null);
  const result = await poll();
  expect(Object.keys(result)).toStrictEqual(LIST_NAMES);
  expect(Object.values(result).every(({ kind }) => kind === 'items')).toBe(true);
  expect(takeAsked(server?.asked ?? [], { count: 0 })).toStrictEqual(ONCE_EACH);
});

test.each<[string, string, (response: ServerResponse) => void]>([
  ['fails', 'error', (response) => response.writeHead(500).end()],
  ['never answers', 'timeout', () => undefined],
])('one list that %s leaves the others alone', async (_what, status, answerRtmp) => {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.startsWith('/v3/rtmpconns') === true) answerRtmp(response);
    else response.end(EMPTY);
  };
  const { poll } = await poller(answer, null, { intervalMs: 2_000 });
  const { rtmpconns, ...others } = await poll();
  expect(rtmpconns).toMatchObject({ kind: 'failed', status });
  expect(Object.values(others).every(({ kind }) => kind === 'items')).toBe(true);
});

describe('a server that sends more than is read at once', () => {
  /** Sends a list of records, so many bytes of them or a little more. */
  function sendRecords(response: ServerResponse, bytes: number, record: string): void {
    const block = `${record},`.repeat(Math.ceil(65_536 / record.length));
    let sent = 0;
    const pump = (): void => {
      while (sent < bytes && !response.destroyed) {
        sent += block.length;
        if (!response.write(block)) return;
      }
      if (!response.writableEnded) response.end(`${record}]}`);
    };
    response.writeHead(200).on('drain', pump).write('{"itemCount":1,"pageCount":1,"items":[');
    pump();
  }

  test.each([
    [
      '9 MiB in each list',
      9,
      '{"name":"'.concat('x'.repeat(2_000), '"}'),
      /: over 64 MiB in all lists together\.$/,
    ],
    ['65 MiB in one', 65, '{"name":"'.concat('x'.repeat(2_000), '"}'), /, most of them in srtconns\.$/],
    ['a million records', 15, '{"a":"bcdef"}', /over 64000 records/],
    ['millions of values', 30, `{"a":[${'1,2,'.repeat(200)}3]}`, /over 3000000 values/],
  ])('%s: all lists are invalid, in the same words', async (what, mebibytes, record, message) => {
    const { poll } = await poller((request, response) => {
      const isMeant = what.includes('each') || request.url?.startsWith('/v3/srtconns') === true;
      if (isMeant) sendRecords(response, mebibytes * 1024 * 1024, record);
      else response.end(EMPTY);
    }, null);
    const outcomes = Object.values(await poll());
    expect(outcomes).toHaveLength(LIST_NAMES.length);
    expect(outcomes[0]).toMatchObject({
      kind: 'failed',
      status: 'invalid',
      error: expect.stringMatching(message),
    });
    for (const outcome of outcomes) expect(outcome).toStrictEqual(outcomes[0]);
  });

  test('is believed again when it sends what can be read', async () => {
    let isBroken = true;
    const { poll } = await poller((_request, response) => {
      if (isBroken) sendRecords(response, 6 * 1024 * 1024, `{"name":"${'x'.repeat(2_000)}"}`);
      else response.end(EMPTY);
    }, null);
    expect((await poll()).paths.kind).toBe('failed');
    isBroken = false;
    expect(Object.values(await poll()).every(({ kind }) => kind === 'items')).toBe(true);
  });
});

describe('a list that is off', () => {
  const isOff = (request: IncomingMessage): boolean => /^\/v3\/(info|moqsessions)/.test(request.url ?? '');
  const wellLists = LIST_NAMES.filter((list) => list !== 'info' && list !== 'moqsessions');
  const withoutOff = Object.fromEntries(wellLists.map((list) => [list, 1]));
  /** Those that go with others aren't asked while these are empty. */
  const inTurn = Object.fromEntries(
    wellLists.filter((list) => leadingList(list) === null).map((list) => [list, 1]),
  );

  test('is asked for again once in 60 s, and each tick once it is there', async () => {
    let off = true;
    const { poll, clock } = await poller((request, response) => {
      if (off && isOff(request)) response.writeHead(404).end('404 page not found');
      else response.end(EMPTY);
    }, null);
    const seen = { count: 0 };
    const asked = () => takeAsked(server?.asked ?? [], seen);

    expect(await poll()).toMatchObject({ moqsessions: { kind: 'off' }, info: { kind: 'off' } });
    expect(asked()).toStrictEqual(ONCE_EACH);
    for (let minute = 0; minute < 3; minute += 1) {
      const counts = { moqsessions: 0, info: 0 };
      for (let tick = 0; tick < 3; tick += 1) {
        clock.advance(20_000);
        expect(await poll()).toMatchObject({ moqsessions: { kind: 'off' }, info: { kind: 'off' } });
        const { moqsessions = 0, info = 0, ...others } = asked();
        expect(others).toStrictEqual(inTurn);
        counts.moqsessions += moqsessions;
        counts.info += info;
      }
      expect(counts).toStrictEqual({ moqsessions: 1, info: 1 });
    }
    off = false;
    clock.advance(60_000);
    expect(await poll()).toMatchObject({ moqsessions: { kind: 'items' }, info: { kind: 'items' } });
    clock.advance(20_000);
    await poll();
    asked();
    clock.advance(20_000);
    await poll();
    expect(asked()).toMatchObject({ moqsessions: 1 });
  });

  test('is asked for at once after the path list failed: the server may be another one', async () => {
    let [pathsWell, off] = [true, true];
    const { poll } = await poller((request, response) => {
      if (off && isOff(request)) response.writeHead(404).end('404 page not found');
      else if (!pathsWell && request.url?.startsWith('/v3/paths') === true) response.writeHead(500).end();
      else response.end(EMPTY);
    }, null);
    const seen = { count: 0 };
    const asked = () => takeAsked(server?.asked ?? [], seen);
    await poll();
    asked();
    pathsWell = false;
    expect(await poll()).toMatchObject({ paths: { kind: 'failed' }, moqsessions: { kind: 'off' } });
    expect(asked()).toStrictEqual(withoutOff);
    [pathsWell, off] = [true, false];
    expect(await poll()).toMatchObject({ paths: { kind: 'items' }, moqsessions: { kind: 'items' } });
    expect(asked()).toStrictEqual(ONCE_EACH);
  });

  test('stays off while other lists fail', async () => {
    const { poll, clock } = await poller((request, response) => {
      if (isOff(request)) response.writeHead(404).end('404 page not found');
      else if (request.url?.startsWith('/v3/srtconns') === true) response.writeHead(500).end();
      else response.end(EMPTY);
    }, null);
    const seen = { count: 0 };
    await poll();
    takeAsked(server?.asked ?? [], seen);
    clock.advance(20_000);
    expect(await poll()).toMatchObject({ srtconns: { kind: 'failed' }, moqsessions: { kind: 'off' } });
    expect(takeAsked(server?.asked ?? [], seen)).toStrictEqual(inTurn);
  });
});

test.each([
  [BASIC, `Basic ${Buffer.from('monitor:pass:wörd').toString('base64')}`],
  [{ kind: 'bearer', token: 'abc.def' } as const, 'Bearer abc.def'],
  [null, undefined],
])('credentials are sent as MediaMTX wants them (%#)', async (credentials, header) => {
  const seen: unknown[] = [];
  const { poll } = await poller((request, response) => {
    seen.push(request.headers.authorization);
    response.end(EMPTY);
  }, credentials);
  await poll();
  expect(seen).toStrictEqual(LIST_NAMES.map(() => header));
});

describe('wrong credentials, which MediaMTX answers late', () => {
  /** Hangs for everything but the probe, which gets `status`. */
  const late = (status: number) => (request: IncomingMessage, response: ServerResponse) => {
    if (isProbe(request)) response.writeHead(status).end();
  };

  test('are first seen as a time-out, then told apart', async () => {
    const { poll } = await poller(late(401), BASIC, { intervalMs: 200 });
    expect(await poll()).toMatchObject({ paths: { status: 'timeout' } });
    await eventually(async () => {
      expect(await poll()).toMatchObject({
        paths: { status: 'unauthorized' },
        srtconns: { status: 'unauthorized' },
      });
    });
    expect(JSON.stringify(await poll())).not.toContain('wörd');
  });

  test('are told at once where there is time to wait', async () => {
    const { poll } = await poller(late(401), BASIC, { intervalMs: 200, isOnlyPoll: true });
    expect(await poll()).toMatchObject({ paths: { status: 'unauthorized' } });
  });

  test('are asked about at most every 30 s', async () => {
    const { poll, clock } = await poller(late(200), BASIC, { intervalMs: 100, isOnlyPoll: true });
    const probes = (): number => server?.asked.filter((url) => url.endsWith('itemsPerPage=1')).length ?? 0;
    await poll();
    await poll();
    expect(probes()).toBe(1);
    clock.advance(29_999);
    await poll();
    expect(probes()).toBe(1);
    clock.advance(1);
    expect(await poll()).toMatchObject({ paths: { status: 'timeout' } });
    expect(probes()).toBe(2);
  });

  test('are forgotten when they work again', async () => {
    let well = false;
    const { poll } = await poller(
      (request, response) => {
        if (well) response.end(EMPTY);
        else late(401)(request, response);
      },
      BASIC,
      { intervalMs: 2_000, isOnlyPoll: true },
    );
    expect(await poll()).toMatchObject({ paths: { status: 'unauthorized' } });
    well = true;
    expect(await poll()).toMatchObject({ paths: { kind: 'items' } });
  });

  test('are no matter where none are set', async () => {
    const { poll } = await poller(late(401), null, { intervalMs: 100, isOnlyPoll: true });
    expect(await poll()).toMatchObject({ paths: { status: 'timeout' } });
    expect(server?.asked.some((url) => url.endsWith('itemsPerPage=1'))).toBe(false);
  });
});
