import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import type { PollResult } from '../../src/facts.ts';
import { normalise } from '../../src/normalise.ts';
import { Budget } from '../../src/poll/budget.ts';
import { ListAsker } from '../../src/poll/list-asker.ts';
import type { ReadList } from '../../src/poll/read-list.ts';
import { LIST_NAMES, type ListName, type ListOutcome } from '../../src/protocols/index.ts';
import { answerOf, items, OFF } from '../support/polls.ts';

const INTERVAL_MS = 2_000;
const BUDGET = new Budget({ bytes: Infinity, values: Infinity, records: Infinity });

/** A server of which a test says what each list answers; all are empty to begin with. */
function world() {
  const clock = createFakeClock();
  const lists = new Map<ListName, ListOutcome>(LIST_NAMES.map((list) => [list, items()]));
  lists.set('info', items({ version: 'v1.20.1', started: '2026-11-28T14:00:00Z' }));
  const asked: ListName[] = [];
  const readList: ReadList = (list, _budget, _signal, options) => {
    asked.push(list as ListName);
    return Promise.resolve(answerOf(list as ListName, lists.get(list as ListName) ?? OFF, options));
  };
  const asker = new ListAsker({
    lists: LIST_NAMES,
    readList,
    url: 'http://host:9997',
    monotonicMs: clock.monotonicMs,
    timeoutMs: INTERVAL_MS,
    roundMs: INTERVAL_MS,
    asksAll: false,
  });
  return {
    lists,
    asker,
    /** A tick: what is known after it, and what was asked in it. */
    tick: async () => {
      asked.length = 0;
      const poll = (await asker.ask(BUDGET)) as PollResult;
      clock.advance(INTERVAL_MS);
      return { poll, asked: [...asked], ...normalise(poll) };
    },
  };
}

const FAILURE: ListOutcome = { kind: 'failed', status: 'error', error: 'HTTP 500' };
const path = (source: string | null, ...readers: string[]): ListOutcome =>
  items({
    name: 'cam',
    ready: true,
    source: source === null ? null : { type: source, id: '1' },
    readers: readers.map((type, index) => ({ type, id: String(index + 2) })),
  });
const connection = (id: string, state = 'publish'): ListOutcome => items({ id, state, path: 'cam' });
const idsOf = ({ protocols }: Pick<ReturnType<typeof normalise>, 'protocols'>): string[] =>
  protocols.flatMap(({ connections }) =>
    connections.kind === 'facts' ? connections.facts.map(({ id }) => id) : [],
  );

test('types are seen on items as they come, whatever is kept of these', async () => {
  const { lists, tick } = world();
  await tick();
  lists.set('paths', items({ name: 'cam', source: { type: 'SRTConn' } }, null, 7, { readers: [null, 7] }));
  expect((await tick()).asked).toContain('srtconns');
});

test('the first tick asks for every list, once', async () => {
  const { tick } = world();
  expect((await tick()).asked).toStrictEqual(LIST_NAMES);
});

test.each([
  ['srtConn', 'srtconns'],
  ['rtspSession', 'rtspsessions'],
  ['rtspsSession', 'rtspssessions'],
  ['rtmpConn', 'rtmpconns'],
  ['rtmpsConn', 'rtmpsconns'],
  ['hlsSession', 'hlssessions'],
  ['webRTCSession', 'webrtcsessions'],
  ['moqSession', 'moqsessions'],
] as const)('%s of a new kind is there in the tick in which the path list names it', async (type, list) => {
  const { lists, tick } = world();
  await tick();
  await tick();
  lists.set('paths', path(null, type));
  lists.set(list, connection('2', 'read'));
  const found = await tick();
  expect(idsOf(found)).toStrictEqual(['2']);
  // From then on it is asked for together with the path list.
  expect((await tick()).asked.slice(0, 4)).toContain(list);
  lists.set('paths', items());
  lists.set(list, items());
  expect(idsOf(await tick())).toStrictEqual([]);
});

test('a muxer of a new kind is there at once, where muxers stand for sessions', async () => {
  const { lists, tick } = world();
  lists.set('hlssessions', OFF);
  await tick();
  lists.set('paths', path(null, 'hlsMuxer'));
  lists.set('hlsmuxers', items({ path: 'cam' }));
  expect(idsOf(await tick())).toStrictEqual(['hls:cam']);
});

test('a session comes with its tunnel, also an idle one that is found in its turn', async () => {
  const { lists, tick } = world();
  await tick();
  lists.set('rtspsessions', items({ id: 's', state: 'idle' }));
  lists.set('rtspconns', items({ id: 'c', session: 's', tunnel: 'http' }));
  let ticks = 0;
  let found = await tick();
  for (; idsOf(found).length === 0; ticks += 1) found = await tick();
  expect(ticks).toBeLessThanOrEqual(5);
  const rtsp = found.protocols.find(({ protocol }) => protocol === 'rtsp')?.connections;
  expect(rtsp).toMatchObject({ facts: [{ id: 's', tunnel: 'http' }] });
  // Once found it stays in sight, though no path list names it.
  for (let tickNumber = 0; tickNumber < 7; tickNumber += 1) expect(idsOf(await tick())).toStrictEqual(['s']);
});

test('what a session was said to be tunnelled by is asked for once, until another comes', async () => {
  const { lists, tick } = world();
  const tunnels = ({ protocols }: Pick<ReturnType<typeof normalise>, 'protocols'>) =>
    protocols.flatMap(({ connections }) =>
      connections.kind === 'facts' ? connections.facts.map((fact) => 'tunnel' in fact && fact.tunnel) : [],
    );
  const session = (id: string) => ({ id, state: 'read', path: 'cam' });
  await tick();
  lists.set('paths', path(null, 'rtspSession'));
  lists.set('rtspsessions', items(session('s')));
  // Its connection isn't told of at first.
  expect((await tick()).asked).toContain('rtspconns');
  expect((await tick()).asked).toContain('rtspconns');
  lists.set('rtspconns', items({ id: 'c', session: 's', tunnel: 'http' }));
  expect(tunnels(await tick())).toStrictEqual(['http']);
  for (let ticks = 0; ticks < 7; ticks += 1) {
    const found = await tick();
    expect(found.asked).not.toContain('rtspconns');
    expect(tunnels(found)).toStrictEqual(['http']);
  }
  lists.set('rtspsessions', items(session('s'), session('t')));
  lists.set('rtspconns', items({ session: 's', tunnel: 'http' }, { session: 't', tunnel: 'websocket' }));
  expect(tunnels(await tick())).toStrictEqual(['http', 'websocket']);
  lists.set('rtspconns', FAILURE);
  lists.set('rtspsessions', items(session('u')));
  expect(tunnels(await tick())).toStrictEqual([null]);
  lists.set('rtspconns', items({ id: 'e', session: 'u', tunnel: 'http' }));
  expect(tunnels(await tick())).toStrictEqual(['http']);
});

test('a session whose protocol was switched on has its tunnel in the next tick', async () => {
  const { lists, tick } = world();
  lists.set('rtspsessions', OFF);
  lists.set('rtspconns', OFF);
  await tick();
  await tick();
  lists.set('paths', path('rtspSession'));
  lists.set('rtspsessions', connection('s'));
  lists.set('rtspconns', items({ id: 'c', session: 's', tunnel: 'http' }));
  expect(idsOf(await tick())).toStrictEqual(['s']);
  const rtsp = (await tick()).protocols.find(({ protocol }) => protocol === 'rtsp')?.connections;
  expect(rtsp).toMatchObject({ facts: [{ id: 's', tunnel: 'http' }] });
});

const PULLS = ['rtspSource', 'rtmpSource', 'srtSource', 'hlsSource', 'webRTCSource'];
test.each(PULLS)('what is pulled (%s) calls for no list', async (type) => {
  const [empty, pulling] = [world(), world()];
  pulling.lists.set('paths', path(type, 'hidden'));
  for (let ticks = 0; ticks < 7; ticks += 1)
    expect((await pulling.tick()).asked).toStrictEqual((await empty.tick()).asked);
});

test('a list that isn’t asked is neither off nor failed for that', async () => {
  const { lists, tick } = world();
  lists.set('moqsessions', OFF);
  await tick();
  const { poll, missing, error, version, asked } = await tick();
  expect(asked.length).toBeLessThan(LIST_NAMES.length);
  expect(LIST_NAMES.map((list) => [list, poll[list].kind])).toStrictEqual(
    LIST_NAMES.map((list) => [list, list === 'moqsessions' ? 'off' : 'items']),
  );
  expect({ missing, error, version }).toStrictEqual({ missing: [], error: null, version: 'v1.20.1' });
});

test('a list that goes with an empty one isn’t off, though something stood in it', async () => {
  const { lists, tick } = world();
  lists.set('rtspconns', items({ id: 'c', session: null, tunnel: 'http' }));
  await tick();
  const found = await tick();
  expect(found.asked).not.toContain('rtspconns');
  expect(found.poll.rtspconns.kind).toBe('items');
  expect(idsOf(found)).toStrictEqual([]);
});

test('a list that fails while nobody asks isn’t said to', async () => {
  const { lists, tick } = world();
  await tick();
  lists.set('moqsessions', FAILURE);
  const { poll, asked } = await tick();
  expect(asked).not.toContain('moqsessions');
  expect(poll.moqsessions.kind).toBe('items');
});

test.each(LIST_NAMES)(
  '%s that failed is due in the next tick, and then in each until it is well',
  async (list) => {
    const { lists, tick } = world();
    const well = lists.get(list) ?? OFF;
    lists.set(list, FAILURE);
    await tick();
    for (let failing = 0; failing < 3; failing += 1) {
      const { asked, missing } = await tick();
      expect(asked).toContain(list);
      expect(missing).toStrictEqual([list]);
    }
    lists.set(list, well);
    const { asked, missing } = await tick();
    expect(asked).toContain(list);
    expect(missing).toStrictEqual([]);
  },
);

test('info is asked for once a minute, in the tick after a failure, and where the connection is a new one', async () => {
  const { lists, tick } = world();
  await tick();
  let times = 0;
  for (let ticks = 0; ticks < 60; ticks += 1) if ((await tick()).asked.includes('info')) times += 1;
  expect(times).toBe(2);
  lists.set('paths', path('srtConn'));
  lists.set('srtconns', FAILURE);
  await tick();
  expect((await tick()).asked).toContain('info');
  lists.set('srtconns', connection('1'));
  await tick();
  await tick();
  expect((await tick()).asked).not.toContain('info');
  lists.set('paths', { ...path('srtConn'), isNewConnection: true } as ListOutcome);
  lists.set('info', items({ version: 'v1.21.0', started: '2026-11-29T14:00:00Z' }));
  const { asked, version } = await tick();
  // The server was restarted: anything may be there now.
  expect(new Set(asked)).toStrictEqual(new Set(LIST_NAMES));
  expect(version).toBe('v1.21.0');
});

test.each([
  [
    'tells its version for the first time',
    OFF,
    items({ version: 'v1.21.0', started: '2026-11-29T14:00:00Z' }),
  ],
  ['tells its version no more', items({ version: 'v1.20.1', started: '2026-11-28T14:00:00Z' }), OFF],
  ['has another version', items({ version: 'v1.20.1' }), items({ version: 'v1.21.0' })],
])('a server that %s was replaced: anything may be there now', async (_what, before, after) => {
  const { lists, asker, tick } = world();
  lists.set('info', before);
  lists.set('moqsessions', OFF);
  await tick();
  await tick();
  const { run } = asker.server;
  lists.set('info', after);
  lists.set('moqsessions', connection('m'));
  lists.set('paths', { ...items(), isNewConnection: true } as ListOutcome);
  const { asked, poll, version } = await tick();
  expect(new Set(asked)).toStrictEqual(new Set(LIST_NAMES));
  expect(poll.moqsessions).toMatchObject({ kind: 'items', items: [{ id: 'm' }] });
  expect(asker.server.version).toBe(version);
  expect(asker.server.run).not.toBe(run);
});

test('while the path list fails all others are asked for, and in the tick after it, too', async () => {
  const { lists, tick } = world();
  await tick();
  lists.set('paths', FAILURE);
  expect(new Set((await tick()).asked)).toStrictEqual(new Set(LIST_NAMES));
  lists.set('paths', items());
  expect(new Set((await tick()).asked)).toStrictEqual(new Set(LIST_NAMES));
  expect((await tick()).asked.length).toBeLessThan(4);
});

test('a list that was off is asked for after an outage: another server may be there', async () => {
  const { lists, tick } = world();
  lists.set('moqsessions', OFF);
  await tick();
  expect((await tick()).asked).not.toContain('moqsessions');
  lists.set('paths', FAILURE);
  await tick();
  lists.set('paths', items());
  lists.set('moqsessions', connection('m', 'read'));
  const found = await tick();
  expect(found.asked).toContain('moqsessions');
  expect(idsOf(found)).toStrictEqual(['m']);
});

test('only an answer of now says whether the server is a simulator', async () => {
  const { lists, tick } = world();
  for (const [list, outcome] of lists) lists.set(list, { ...outcome, simulated: true } as ListOutcome);
  expect((await tick()).simulated).toBe(true);
  expect((await tick()).simulated).toBe(true);
  for (const [list, outcome] of lists) lists.set(list, { ...outcome, simulated: false } as ListOutcome);
  expect((await tick()).simulated).toBe(false);
});
