import { describe, expect, test } from '@jest/globals';
import { idsIn, minute, servingSessions, session, type SessionsPage } from './start-sessions.ts';

const ids = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `c${first + n}`);

/** Seven closed sessions and six open ones. */
async function servingBoth() {
  const bench = await servingSessions();
  await bench.know();
  await bench.close(Array.from({ length: 7 }, (_, n) => session(n)));
  await bench.open(Array.from({ length: 6 }, (_, n) => session(100 + n)));
  return { ...bench, all: [...ids(0, 7), ...ids(100, 6)] };
}

describe.each([1, 2, 3, 4, 6, 7, 13])('in pages of %i each session comes once', (limit) => {
  test('back from the newest, and forwards again from where that ends', async () => {
    const { ask, all } = await servingBoth();
    const pages: SessionsPage[] = [];
    for (let query = ''; ; query = `&until=${pages.at(-1)?.previous ?? ''}`) {
      const page = await ask(`?limit=${limit}${query}`);
      pages.push(page);
      if (!page.more) break;
    }
    expect(pages.toReversed().flatMap(idsIn)).toStrictEqual(all);
    const first = pages.at(-1);
    expect(first?.previous).toBeNull();
    const found = first === undefined ? [] : idsIn(first);
    for (let since = first?.next ?? '', more = pages.length > 1; more;) {
      const page = await ask(`?limit=${limit}&since=${since}`);
      found.push(...idsIn(page));
      ({ next: since, more } = page);
    }
    expect(found).toStrictEqual(all);
  });

  test('as CSV, by the header that leads on', async () => {
    const { url, all } = await servingBoth();
    for (const [first, isForwards] of [
      ['', false],
      ['&since=0-0', true],
    ] as const) {
      const pages: string[][] = [];
      for (let query: string | undefined = `?limit=${limit}${first}`; query !== undefined;) {
        const answer = await fetch(`${url}/api/sessions.csv${query}`);
        const [, ...lines] = (await answer.text()).trimEnd().split('\r\n');
        pages.push(lines.map((line) => line.split(',')[2] ?? ''));
        query = /^<(\?[^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      }
      expect((isForwards ? pages : pages.toReversed()).flat()).toStrictEqual(all);
    }
  });
});

test('open ones alone go back, too', async () => {
  const { ask } = await servingBoth();
  const first = await ask('?state=open&limit=4');
  expect([idsIn(first), first.more, first.previous]).toStrictEqual([ids(100, 4), true, null]);
  const second = await ask(`?state=open&limit=4&since=${first.next}`);
  expect([idsIn(second), second.more]).toStrictEqual([ids(104, 2), false]);
  const back = await ask(`?state=open&limit=3&until=${first.next}`);
  expect([idsIn(back), back.more]).toStrictEqual([ids(100, 3), false]);
});

test('one that ends meanwhile is behind the place from which it went back', async () => {
  const { ask, close, publisher } = await servingBoth();
  const newest = await ask('?limit=2');
  await publisher.redis.hdel(publisher.names.eventBaseline('main'), 'connection c103');
  await close([session(103)]);
  const before = await ask(`?limit=20&until=${newest.previous ?? ''}`);
  expect(idsIn(before)).toStrictEqual([...ids(0, 7), 'c100', 'c101', 'c102']);
  expect(idsIn(await ask(`?state=closed&since=${newest.next}`))).toStrictEqual(['c103']);
});

test('nothing that is open can have been so in the future; who is a little ahead sees it', async () => {
  const { ask } = await servingBoth();
  expect(idsIn(await ask(`?since=${minute(1_001)}`))).toStrictEqual(ids(100, 6));
  expect(idsIn(await ask('?since=9999-01-01T00:00:00Z'))).toStrictEqual([]);
  expect(idsIn(await ask('?since=9999-01-01T00:00:00Z&state=open'))).toStrictEqual([]);
});

test('a cursor ahead of all there is leads back', async () => {
  const { ask } = await servingBoth();
  const { next } = await ask('?state=closed&since=0-0');
  for (const far of ['999999999999999-0', '999999999999999-999999999999999']) {
    const page = await ask(`?state=closed&since=${far}`);
    expect([far, page.trimmed, page.next]).toStrictEqual([far, true, next]);
  }
});

/** Writes so many open sessions, in Redis itself. */
const OPEN_MANY = `
  for n = 1, tonumber(ARGV[2]) do
    redis.call('HSET', KEYS[1], 'connection c' .. n, (string.gsub(ARGV[1], '"c0"', '"c' .. n .. '"')))
  end`;

test('of many that are open a page is made in pieces, between which all else gets its turn', async () => {
  let pieces = 0;
  let turns = 0;
  let turnsBefore = 0;
  const { ask, know, publisher, feed } = await servingSessions();
  await know();
  const json = JSON.stringify(session(0, { end: null }));
  await publisher.redis.eval(OPEN_MANY, 1, publisher.names.eventBaseline('main'), json, 20_000);
  const reader = { network: '', signal: new AbortController().signal, spent: () => undefined };
  const take = (): void => {
    if (turns === turnsBefore) return;
    turnsBefore = turns;
    pieces += 1;
  };
  const ticking = setInterval(() => (turns += 1), 0);
  await feed.kept.openSessions(['main'], take, reader);
  clearInterval(ticking);
  expect(pieces).toBeGreaterThan(5);
  const page = await ask('?state=open&limit=3');
  expect([idsIn(page), page.more]).toStrictEqual([['c1', 'c10', 'c100'], true]);
  expect(idsIn(await ask('?limit=3'))).toStrictEqual(['c9997', 'c9998', 'c9999']);
});
