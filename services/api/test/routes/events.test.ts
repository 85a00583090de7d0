import { describe, expect, test } from '@jest/globals';
import { startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { atEnd } from '../bench.ts';
import { happening, numberedEvent, numbers } from '../happening.ts';
import { headOf, streamOf } from '../publisher.ts';
import { startRoutes } from './start-routes.ts';

interface EventsPage {
  readonly items: readonly { readonly id: string; readonly n: number }[];
  readonly next: string;
  readonly previous: string | null;
  readonly more: boolean;
  readonly trimmed: boolean;
  readonly code?: string;
  readonly detail?: string;
}

async function serving() {
  const charged: number[] = [];
  const bench = await startRoutes({
    askerOf: () => ({ network: '', spent: (workMs) => charged.push(workMs) }),
  });
  const ask = async (path: string, status = 200): Promise<EventsPage> => {
    const response = await fetch(`${bench.url}${path}`);
    expect([path, response.status]).toStrictEqual([path, status]);
    return (await response.json()) as EventsPage;
  };
  return { ...bench, ...happening(bench), ask, charged };
}
const idsIn = ({ items }: EventsPage): string[] => items.map(({ id }) => id);
const numbersOf = ({ items }: EventsPage): number[] => items.map(({ n }) => n);

describe('what happened', () => {
  test('is nothing at first', async () => {
    const { ask } = await serving();
    const nothing = { items: [], next: '0-0', previous: null, more: false, trimmed: false };
    expect(await ask('/api/events')).toStrictEqual(nothing);
    // Redis was emptied since that was told.
    expect(await ask('/api/events?since=5-0')).toStrictEqual({ ...nothing, previous: '5-0', trimmed: true });
  });

  test('is the newest 100 unless asked for more, and goes back page by page', async () => {
    const { ask, add } = await serving();
    await add(numbers(1, 250));
    const newest = await ask('/api/events');
    expect(numbersOf(newest)).toStrictEqual(numbers(151, 250));
    expect([newest.next, newest.previous, newest.more]).toStrictEqual(['250-0', '151-0', true]);
    const before = await ask(`/api/events?limit=150&until=${newest.previous ?? ''}`);
    expect(numbersOf(before)).toStrictEqual(numbers(1, 150));
    expect([before.next, before.previous, before.more]).toStrictEqual(['150-0', null, false]);
  });

  test('goes on behind a cursor, to the end and then with what is new', async () => {
    const { ask, add } = await serving();
    await add(numbers(1, 5));
    const first = await ask('/api/events?since=events:0-0&limit=3');
    expect([numbersOf(first), first.next, first.more]).toStrictEqual([[1, 2, 3], '3-0', true]);
    const second = await ask(`/api/events?since=${first.next}&limit=3`);
    expect([numbersOf(second), second.next, second.more]).toStrictEqual([[4, 5], '5-0', false]);
    await add([6]);
    expect(numbersOf(await ask(`/api/events?since=${second.next}`))).toStrictEqual([6]);
  });

  test('of connections only those that did what is asked for, and all else', async () => {
    const { ask, write } = await serving();
    const connection = (n: number, role: string) =>
      [
        `${n}-0`,
        { ...numberedEvent(n), type: 'connection.opened', connection: 'c', protocol: 'srt', role },
      ] as const;
    await write([connection(1, 'publish'), connection(2, 'read'), ['3-0', numberedEvent(3)]]);
    expect(numbersOf(await ask('/api/events?role=publish'))).toStrictEqual([1, 3]);
    expect(numbersOf(await ask('/api/streams/cam%2F1/events?role=read'))).toStrictEqual([2, 3]);
    expect(numbersOf(await ask('/api/events?role=read&type=connection.opened'))).toStrictEqual([2]);
    expect((await ask('/api/events?role=watch', 400)).code).toBe('invalid-parameter');
  });

  test('is told as it is kept, members that nobody knows too', async () => {
    const { ask, add } = await serving();
    await add([7], { padding: 'new' });
    expect((await ask('/api/events')).items).toStrictEqual([
      { id: '7-0', ...numberedEvent(7, { padding: 'new' }) },
    ]);
  });

  test('from a time on, and up to one', async () => {
    const { ask, write } = await serving();
    const start = Date.parse('2026-11-29T20:14:00Z');
    await write(numbers(0, 4).map((n) => [`${start + n * 1_000}-0`, numberedEvent(n)] as const));
    const of = async (query: string) => numbersOf(await ask(`/api/events?${query}`));
    expect(await of('since=2026-11-29T20:14:02Z')).toStrictEqual([2, 3, 4]);
    expect(await of('since=2026-11-29T21:14:02%2B01:00&until=2026-11-29T20:14:04Z')).toStrictEqual([2, 3]);
    expect(await of('until=2026-11-29T20:14:01.000Z')).toStrictEqual([0]);
    expect(await of(`since=2026-11-29T20:14:01Z&until=${start + 3_000}-0`)).toStrictEqual([1, 2]);
    expect(await of('since=1969-01-01T00:00:00Z&limit=1')).toStrictEqual([0]);
    expect(await of('since=2099-01-01T00:00:00Z')).toStrictEqual([]);
  });

  test('of some servers, streams, types and severities only', async () => {
    const { ask, write, add } = await serving();
    const name = `${'a/'.repeat(499)}ü`;
    await add([1], { server: 'north' });
    await add([2], { stream: name });
    await add([3], { stream: null });
    await write([['4-0', { ...numberedEvent(4), severity: 'critical', type: 'stream.offline' }]]);
    const of = async (query: string) => numbersOf(await ask(`/api/events${query}`));
    expect(await of('?server=north')).toStrictEqual([1]);
    expect(await of('?server=nowhere')).toStrictEqual([]);
    expect(await of('?stream=a/**')).toStrictEqual([2]);
    expect(await of('?type=server.restarted,stream.offline')).toStrictEqual([3, 4]);
    expect(await of('?severity=critical')).toStrictEqual([4]);
    const own = await ask(`/api/streams/${encodeURIComponent(name)}/events`);
    expect(numbersOf(own)).toStrictEqual([2]);
    expect(numbersOf(await ask(`/api/streams/${encodeURI(name)}/events?since=0-0`))).toStrictEqual([2]);
    expect(numbersOf(await ask('/api/streams/cam/1/events?server=north'))).toStrictEqual([1]);
  });

  test('of a stream whose name ends so is the stream', async () => {
    const { ask, publisher, add, feed } = await serving();
    await publisher.publish(headOf(), [streamOf('cam/events')]);
    await add([1], { stream: 'cam' });
    while (feed.servers.all().ticks.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await ask('/api/streams/cam/events')).toMatchObject({ name: 'cam/events' });
    expect(numbersOf(await ask('/api/streams/cam/events/events'))).toStrictEqual([]);
  });

  test('says when some after the cursor aren’t kept any more', async () => {
    const { ask, add, publisher } = await serving();
    await add(numbers(1, 9));
    await publisher.redis.xtrim(publisher.names.events, 'MINID', '5-0');
    expect((await ask('/api/events?since=2-0')).trimmed).toBe(true);
    expect((await ask('/api/events?since=5-0')).trimmed).toBe(false);
    expect((await ask('/api/events')).trimmed).toBe(false);
    await publisher.redis.xtrim(publisher.names.events, 'MAXLEN', 0);
    expect((await ask('/api/events?since=5-0')).trimmed).toBe(true);
    expect((await ask('/api/events?since=9-0')).trimmed).toBe(false);
  });

  test('says when what is kept went back, and leads to where it goes on', async () => {
    const { ask, add } = await serving();
    await add([1, 2, 5]);
    const place = async (query: string) => {
      const { trimmed, next, items } = await ask(`/api/events${query}`);
      return [trimmed, next, items.length];
    };
    // Told before a backup was restored: since then nothing has come so far, or something else has.
    expect(await place('?since=9-0')).toStrictEqual([true, '5-0', 0]);
    expect(await place('?since=3-0')).toStrictEqual([true, '5-0', 1]);
    expect(await place('?since=2-0')).toStrictEqual([false, '5-0', 1]);
    expect(await place('?since=999999999999999-999999999999999')).toStrictEqual([true, '5-0', 0]);
    // What is to come after a time that is still to come is behind what there is.
    expect(await place('?since=2100-01-01T00:00:00Z')).toStrictEqual([false, '5-0', 0]);
    const { next } = await ask('/api/events?until=1-0');
    expect(await place(`?since=${next}`)).toStrictEqual([false, '5-0', 3]);
  });

  test('is looked for in 20,000 entries at most, and says how far it has come', async () => {
    const { ask, add, charged } = await serving();
    await add([1], { stream: 'rare' });
    await add(numbers(2, 45_000));
    await add([45_001], { stream: 'rare' });
    const forwards = await ask('/api/events?stream=rare&since=1-0');
    expect([idsIn(forwards), forwards.next, forwards.more]).toStrictEqual([[], '20001-0', true]);
    const newest = await ask('/api/events?stream=rare');
    expect([idsIn(newest), newest.previous, newest.more]).toStrictEqual([['45001-0'], '25002-0', true]);
    let since = '0-0';
    const found: string[] = [];
    for (let more = true; more;) {
      const page = await ask(`/api/events?stream=rare&since=${since}`);
      found.push(...idsIn(page));
      ({ next: since, more } = page);
    }
    expect(found).toStrictEqual(['1-0', '45001-0']);
    expect(charged.length).toBeGreaterThan(4);
  });

  test('leaves out what is no event', async () => {
    const { ask, write, publisher } = await serving();
    await publisher.redis.xadd(publisher.names.events, '1-0', 'text', 'x');
    await publisher.redis.xadd(publisher.names.events, '2-0', 'json', '{"type":"stream.online",');
    const good = numberedEvent(9);
    await write([
      ['3-0', [good]],
      ['4-0', { ...good, server: 'No' }],
      ['5-0', { ...good, at: 'soon' }],
      ['6-0', { ...good, severity: 'grave' }],
      ['7-0', { ...good, id: '1-0' }],
      ['8-0', { ...good, padding: 'x'.repeat(70_000) }],
      ['9-0', good],
      ['10-0', { ...good, type: 'stream.of-tomorrow' }],
      ['11-0', { ...good, cause: 'x' }],
    ]);
    expect(idsIn(await ask('/api/events'))).toStrictEqual(['9-0', '10-0']);
  });
});

test.each([
  'since=yesterday',
  'since=2026-11-29',
  'since=2026-11-29T20:14:00',
  'since=2026-13-29T20:14:00Z',
  'since=1-',
  'since=-5-0',
  'since=streams:1-0',
  `since=${'9'.repeat(16)}-0`,
  'until=',
  'limit=0',
  'limit=1001',
  'type=stream',
  'severity=bad',
  'since=2026-11-29T20:14:00Z&until=2026-11-28T20:14:00Z',
  'since=1-0&since=2-0',
])('what can’t be meant is refused: %s', async (query) => {
  const { ask } = await serving();
  expect((await ask(`/api/events?${query}`, 400)).code).toBe('invalid-parameter');
});

test('with the durable Redis away it is 503, and what is live goes on', async () => {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  const bench = await startRoutes({ durableUrl: redis.url });
  await redis.stop();
  await bench.publisher.publish(headOf(), [streamOf('cam/1')]);
  for (const path of ['/api/events', '/api/streams/a/events', '/api/sessions', '/api/reports/availability']) {
    const response = await fetch(`${bench.url}${path}`);
    expect([path, response.status, response.headers.get('retry-after')]).toStrictEqual([path, 503, '2']);
    expect(((await response.json()) as EventsPage).code).toBe('store-unavailable');
  }
  expect((await fetch(`${bench.url}/api/streams`)).status).toBe(200);
  expect((await fetch(`${bench.url}/readyz`)).status).toBe(200);
});

test('what stands in the way in the durable Redis is told as that, and not as silence', async () => {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  const bench = await startRoutes({ durableUrl: redis.url });
  const writer = new Redis(redis.url);
  atEnd(() => {
    writer.disconnect();
  });
  const { names } = bench.publisher;
  const poisoned = [names.events, names.sessions, names.eventBaseline('main')];
  for (const key of poisoned) await writer.set(key, 'of another kind');
  for (const [path, key] of [
    ['/api/events', names.events],
    ['/api/streams/a/events', names.events],
    ['/api/sessions?state=closed', names.sessions],
    ['/api/sessions?state=open&server=main', names.eventBaseline('main')],
    ['/api/reports/availability', names.events],
  ] as const) {
    const response = await fetch(`${bench.url}${path}`);
    const { code, detail } = (await response.json()) as EventsPage;
    expect([path, response.status, code]).toStrictEqual([path, 502, 'store-refused']);
    expect(detail).toContain(`${key} can't be read: Redis says WRONGTYPE`);
  }
  // What is there goes on.
  await writer.del(...poisoned);
  expect((await fetch(`${bench.url}/api/events`)).status).toBe(200);
});

test('whoever asks when many read already is told to come again, and no read goes uncharged', async () => {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  const charged: number[] = [];
  const bench = await startRoutes({
    durableUrl: redis.url,
    askerOf: () => ({ network: '192.0.2.1', spent: (workMs) => charged.push(workMs) }),
  });
  expect((await fetch(`${bench.url}/api/sessions?state=open`)).status).toBe(200);
  const before = charged.length;
  expect(before).toBeGreaterThan(0);
  redis.pause();
  const answers = Array.from({ length: 110 }, async () => {
    const response = await fetch(`${bench.url}/api/events`);
    const { code, detail } = (await response.json()) as EventsPage;
    return { status: response.status, again: response.headers.get('retry-after'), code, detail };
  });
  await Promise.any(answers);
  redis.resume();
  const refused = (await Promise.all(answers)).filter(({ detail }) => detail?.includes('any') === true);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toMatchObject({ status: 429, again: '2', code: 'too-many-reads' });
  expect(charged).toHaveLength(before + 110 - refused.length);
});
