import { describe, expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { idsIn, minute, servingSessions as serving, session, type SessionsPage } from './start-sessions.ts';

describe('sessions', () => {
  test('are closed ones and then open ones, whose counters are those of the newest tick', async () => {
    const { close, open, know, ask } = await serving();
    await close([session(1), session(2)]);
    await open([session(4), session(3)]);
    await know('main', [connectionRecord({ id: 'c3', stream: 'cam/1', outboundBytes: 777 })]);
    const page = await ask();
    expect(idsIn(page)).toStrictEqual(['c1', 'c2', 'c3', 'c4']);
    expect(page.items[0]).toStrictEqual(session(1));
    // Whatever is written down of an open one, it is told how long it was in each health when it ends.
    expect(page.items[2]).toStrictEqual(
      session(3, { end: null, outboundBytes: 777, meanMbps: 0, healthMs: null }),
    );
    expect([page.more, page.trimmed, page.previous]).toStrictEqual([false, false, null]);
  });

  test('that are open have the mean of all their bytes until these were read', async () => {
    const { publisher, feed, open, ask } = await serving();
    const times = freshTimes();
    const start = new Date(Date.parse(times.collectedAt) - 100_000).toISOString();
    await open([
      session(1, { start }),
      session(2, { start, role: 'publish' }),
      session(3, { start: times.collectedAt }),
      session(4, { start }),
    ]);
    const connections = ['c1', 'c2', 'c3'].map((id) =>
      connectionRecord({ id, stream: 'cam/1', inboundBytes: 2_500_000, outboundBytes: 12_500_000 }),
    );
    await publisher.publish(headOf({ ...times, server: 'main' }), [streamOf('cam/1')], connections);
    await eventually(() => {
      expect(feed.servers.newest('connections', 'main')?.records).toHaveLength(3);
    });
    const means = (await ask()).items.map(({ connection, meanMbps }) => [connection, meanMbps]);
    expect(Object.fromEntries(means)).toStrictEqual({ c1: 1, c2: 0.2, c3: null, c4: 1.5 });
  });

  test('of each state, server, stream, role and protocol', async () => {
    const long = `long/${'n'.repeat(995)}`;
    const { close, open, know, ask } = await serving();
    await know();
    await know('north');
    await close([
      session(1, { server: 'north' }),
      session(2, { stream: 'sport' }),
      session(3, { role: 'publish' }),
      session(4, { protocol: 'rtsps' }),
      session(7, { stream: long }),
    ]);
    await open([session(5)]);
    await open([session(6, { server: 'north' })], 'north');
    expect(idsIn(await ask('?state=open'))).toStrictEqual(['c5', 'c6']);
    expect(idsIn(await ask('?state=closed'))).toStrictEqual(['c1', 'c2', 'c3', 'c4', 'c7']);
    expect(idsIn(await ask('?server=north'))).toStrictEqual(['c1', 'c6']);
    expect(idsIn(await ask('?stream=sp*'))).toStrictEqual(['c2']);
    expect((await ask('?stream=long/**')).items.map(({ stream }) => stream)).toStrictEqual([long]);
    expect(idsIn(await ask('?role=publish'))).toStrictEqual(['c3']);
    expect(idsIn(await ask('?protocol=rtsps,hls'))).toStrictEqual(['c4']);
  });

  test('are those that were open at any moment of a time', async () => {
    const { close, open, know, ask } = await serving();
    await know();
    await close([session(0), session(10), session(20), session(1, { end: minute(60) })]);
    await open([session(40)]);
    const of = async (since: number, until: number) =>
      idsIn(await ask(`?since=${minute(since)}&until=${minute(until)}`));
    expect(await of(7, 9)).toStrictEqual(['c1']);
    expect(await of(4, 12)).toStrictEqual(['c0', 'c10', 'c1']);
    expect(await of(41, 50)).toStrictEqual(['c1', 'c40']);
    expect(idsIn(await ask(`?until=${minute(11)}`))).toStrictEqual(['c0', 'c10', 'c1']);
  });

  test('come page by page, open ones too, each once', async () => {
    const { close, open, know, ask } = await serving();
    await know();
    await close(Array.from({ length: 7 }, (_, n) => session(n)));
    await open(Array.from({ length: 6 }, (_, n) => session(100 + n)));
    const found: string[] = [];
    let since = '0-0';
    for (let more = true; more;) {
      const page = await ask(`?limit=3&since=${since}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      found.push(...idsIn(page));
      ({ next: since, more } = page);
    }
    const all = [
      ...Array.from({ length: 7 }, (_, n) => `c${n}`),
      ...Array.from({ length: 6 }, (_, n) => `c${100 + n}`),
    ];
    expect(found).toStrictEqual(all);
    await close([session(200)]);
    expect(idsIn(await ask(`?since=${since}&state=closed`))).toStrictEqual(['c200']);
  });

  test('go back from the newest, open ones first', async () => {
    const { close, open, know, ask } = await serving();
    await know();
    await close(Array.from({ length: 5 }, (_, n) => session(n)));
    await open([session(100), session(101)]);
    const first = await ask('?limit=3');
    expect(idsIn(first)).toStrictEqual(['c4', 'c100', 'c101']);
    expect(idsIn(await ask(`?limit=3&until=${first.previous ?? ''}`))).toStrictEqual(['c1', 'c2', 'c3']);
    const full = await ask('?limit=2');
    expect([idsIn(full), full.more]).toStrictEqual([['c100', 'c101'], true]);
    expect(idsIn(await ask(`?limit=2&until=${full.previous ?? ''}`))).toStrictEqual(['c3', 'c4']);
  });

  test('leave out what is none', async () => {
    const { publisher, know, ask } = await serving();
    await know();
    const { redis, names } = publisher;
    for (const json of [
      'x',
      '[]',
      JSON.stringify(session(1, { server: 'No' })),
      JSON.stringify({ server: 'main' }),
    ]) {
      await redis.xadd(names.sessions, '*', 'json', json);
      await redis.hset(names.eventBaseline('main'), `connection ${json}`, json);
    }
    await redis.hset(
      names.eventBaseline('main'),
      'batch',
      '1 2 x',
      'server',
      '{}',
      'stream connection x',
      '{}',
    );
    expect((await ask()).items).toStrictEqual([]);
  });
});

/** Writes so many sessions, which differ in their connection, in Redis itself: sent one by one they take seconds. */
const CLOSE_MANY = `
  for n = 1, tonumber(ARGV[2]) do
    redis.call('XADD', KEYS[1], n .. '-0', 'json', (string.gsub(ARGV[1], '"c0"', '"c' .. n .. '"')))
  end`;

test('100,000 sessions are told in pages, each once, at their beginning, in the middle and at their end', async () => {
  const { publisher, ask } = await serving();
  const { redis, names } = publisher;
  await redis.eval(CLOSE_MANY, 1, names.sessions, JSON.stringify(session(0)), 100_000);
  const numbersIn = (page: SessionsPage): number[] => idsIn(page).map((id) => Number(id.slice(1)));
  const numbers = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, place) => first + place);
  for (const [since, pages, more] of [
    ['0-0', 3, true],
    ['49000-0', 3, true],
    ['97500-0', 3, false],
  ] as const) {
    let next: string = since;
    const found: number[] = [];
    let page: SessionsPage | undefined;
    for (let count = 0; count < pages; count += 1) {
      page = await ask(`?limit=1000&since=${next}`);
      found.push(...numbersIn(page));
      ({ next } = page);
    }
    const first = Number(since.split('-')[0]) + 1;
    expect(found).toStrictEqual(numbers(first, Math.min(100_000, first + 2_999)));
    expect(page?.more).toBe(more);
  }
  const newest = await ask('?limit=1000');
  expect(numbersIn(newest)).toStrictEqual(numbers(99_001, 100_000));
  const before = await ask(`?limit=1000&until=${newest.previous ?? ''}`);
  expect(numbersIn(before)).toStrictEqual(numbers(98_001, 99_000));
});

describe('as CSV', () => {
  const FORMULA = '=HYPERLINK("http://x")';

  test.each(['/api/sessions.csv', '/api/sessions'])('%s', async (path) => {
    const { close, url } = await serving();
    await close([
      session(1, { user: FORMULA, stream: 'a,"b"\n😀', cause: { source: 'last-error', text: '-x' } }),
    ]);
    const answer = await fetch(`${url}${path}?limit=1`, { headers: { Accept: 'text/csv' } });
    expect([answer.headers.get('content-type'), answer.headers.get('vary')]).toStrictEqual([
      'text/csv; charset=utf-8; header=present',
      'Accept',
    ]);
    const [head = '', ...lines] = (await answer.text()).split('\r\n');
    expect(head.split(',').slice(0, 3)).toStrictEqual(['server', 'stream', 'connection']);
    expect(lines.join('\r\n')).toBe(
      `main,"a,""b""\n😀",c1,srt,read,,"'=HYPERLINK(""http://x"")",,${minute(1)},${minute(6)},,1,1,1.5,2,,,,,0,` +
        "300000,0,0,0,last-error,'-x\r\n",
    );
  });

  test('says in a header where there is more', async () => {
    const { close, url } = await serving();
    await close([session(1), session(2)]);
    const answer = await fetch(`${url}/api/sessions.csv?limit=1&since=0-0&ticket=t`);
    const link = answer.headers.get('link') ?? '';
    const [, query = ''] = /^<(\?[^>]+)>; rel="next"$/.exec(link) ?? [];
    expect(query).not.toContain('ticket');
    const next = await fetch(`${url}/api/sessions.csv${query}`);
    expect([(await next.text()).includes('c2'), next.headers.get('link')]).toStrictEqual([true, null]);
  });
});
