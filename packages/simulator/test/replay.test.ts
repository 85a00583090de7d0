import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import type { RawSnapshot } from '@mediamtx-monitor/types';
import { type SimulatedServer, startReplay } from '../src/index.ts';
import { get } from './get.ts';
import { listOf, snapshotOf } from './replay/snapshot-of.ts';

const running: SimulatedServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function replay(snapshot: RawSnapshot) {
  const clock = createFakeClock();
  const server = await startReplay({ snapshot, nowMs: clock.monotonicMs });
  running.push(server);
  return { clock, server, ask: (path: string) => get(`${server.url}/v3/${path}`) };
}

const PATHS = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, 'unheard of': ['ü', null, 1.5] }));

test('lists come back item by item as they were, in the pages that are asked for', async () => {
  const { ask } = await replay(snapshotOf({ paths: listOf(...PATHS) }));
  const all = await ask('paths/list?itemsPerPage=2147483647');
  expect(JSON.parse(all.body)).toStrictEqual({ itemCount: 5, pageCount: 1, items: PATHS });
  expect(all.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-simulated': 'true',
  });
  const pages = await Promise.all([0, 1, 2, 3].map((page) => ask(`paths/list?itemsPerPage=2&page=${page}`)));
  expect(pages.map(({ body }) => JSON.parse(body) as unknown)).toStrictEqual(
    [PATHS.slice(0, 2), PATHS.slice(2, 4), PATHS.slice(4), []].map((items) => ({
      itemCount: 5,
      pageCount: 3,
      items,
    })),
  );
  expect((await ask('paths/list?page=x')).status).toBe(400);
});

test('info is one object', async () => {
  const { ask } = await replay(snapshotOf({ info: listOf({ version: 'v1.20.1' }) }));
  expect((await ask('info')).body).toBe('{"version":"v1.20.1"}');
});

test('what was off, or was not asked for, is off', async () => {
  const { ask } = await replay(snapshotOf({ paths: listOf(), moqsessions: { status: 'off' } }));
  for (const list of ['moqsessions/list', 'srtconns/list', 'info']) {
    const { status, body } = await ask(list);
    expect([status, body]).toStrictEqual([404, '404 page not found']);
  }
});

describe('samples', () => {
  const bytes = async (ask: (path: string) => Promise<{ body: string }>): Promise<unknown> =>
    (JSON.parse((await ask('paths/list')).body) as { items: unknown[] }).items[0];

  test('follow one another as they were taken, from the first question on; the last one stays', async () => {
    const { ask, clock } = await replay(
      snapshotOf(
        { paths: listOf({ bytes: 1 }) },
        { paths: listOf({ bytes: 2 }) },
        { paths: listOf({ bytes: 3 }) },
      ),
    );
    clock.advance(60_000);
    const seen = [];
    for (let tick = 0; tick < 5; tick += 1) {
      seen.push(await bytes(ask));
      clock.advance(2_000);
    }
    expect(seen).toStrictEqual([1, 2, 3, 3, 3].map((count) => ({ bytes: count })));
  });
});

describe('a list that could not be read', () => {
  test.each([
    ['unauthorized', 401],
    ['error', 500],
  ] as const)('%s is HTTP %d', async (status, code) => {
    const { ask } = await replay(snapshotOf({ paths: { status, error: 'no' } }));
    expect((await ask('paths/list')).status).toBe(code);
  });

  test('invalid is an answer that is no list', async () => {
    const { ask } = await replay(snapshotOf({ paths: { status: 'invalid', error: 'no' } }));
    expect((await ask('paths/list')).body).toBe('{}');
  });

  test('down is a cut connection', async () => {
    const { ask } = await replay(snapshotOf({ paths: { status: 'down', error: 'no' } }));
    await expect(ask('paths/list')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('timeout never answers, while others do', async () => {
    const { server, ask } = await replay(
      snapshotOf({ paths: { status: 'timeout', error: 'no' }, srtconns: listOf() }),
    );
    const waiting = get(`${server.url}/v3/paths/list`).catch((error: unknown) => error);
    expect((await ask('srtconns/list')).status).toBe(200);
    await server.close();
    expect(await waiting).toMatchObject({ code: 'ECONNRESET' });
  });
});

test('faults can be switched on, as in a simulated fleet', async () => {
  const { server, ask } = await replay(snapshotOf({ paths: listOf() }));
  await server.setFault({ kind: 'status', status: 503 });
  expect((await ask('paths/list')).status).toBe(503);
  await server.setFault(null);
  expect((await ask('paths/list')).status).toBe(200);
});
