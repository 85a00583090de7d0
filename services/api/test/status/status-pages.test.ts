import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Alert, AlertSilence, AvailabilityReport } from '@mediamtx-monitor/types';
import type { PublicStatus } from '../../src/http/status-page.ts';
import { ROUTES } from '../../src/routes/index.ts';
import { alertsHeadOf } from '../publisher.ts';
import { hour, NAME, NOW, PAGE, serving } from './serving.ts';

/** What must never be told: a name, a server, an address, a cause. */
const SECRET = /studio\/secret-7|north-3|192\.0\.2\.99|closed by|srtConn/;

const statesOf = ({ items }: PublicStatus) => items.map(({ state }) => state);

describe('a status page', () => {
  test('tells titles, states and times, and nothing else', async () => {
    const { know, happen, get, read } = await serving();
    await know([{ state: 'idle', expectedBy: 'configuration' }]);
    await happen([
      [-48, { expected: true }],
      [
        -20,
        {
          type: 'stream.offline',
          liveSince: hour(-48),
          expected: true,
          cause: { source: 'last-error', text: 'closed by 192.0.2.99' },
        },
      ],
      [-19, { expected: true }],
      [-1, { type: 'stream.offline', liveSince: hour(-19), expected: true }],
    ]);
    const status = await read();
    expect(statesOf(status)).toStrictEqual(['down', 'down']);
    expect(status).toMatchObject({
      ...{ title: PAGE.title, state: 'down', updatedAt: NOW, isStale: false, historyAt: NOW },
      items: [
        { id: 'main-stage', title: 'Main stage', group: 'Berlin' },
        { id: 'all', group: null },
      ],
    });
    const [item] = status.items;
    expect(item?.days).toHaveLength(30);
    expect(item?.days.at(-1)).toStrictEqual({
      date: '2026-11-29',
      ...{ percent: 91.6666, knownPercent: 100 },
      ...{ uptimeSeconds: 39_600, downtimeSeconds: 3_600, unknownSeconds: 0 },
    });
    expect(item?.days[0]).toMatchObject({ percent: null, unknownSeconds: 86_400 });
    expect(item?.availability).toMatchObject({ percent: 95.8333, knownPercent: 6.7796 });
    expect(status.incidents.filter(({ item: id }) => id === 'all')).toStrictEqual([
      { item: 'all', title: 'All', from: hour(-1), to: null, lengthSeconds: 3_600, unknownSeconds: 0 },
      { item: 'all', title: 'All', from: hour(-20), to: hour(-19), lengthSeconds: 3_600, unknownSeconds: 0 },
    ]);
    const texts = [JSON.stringify(status)];
    for (const name of ['public', 'public/main-stage/badge.svg', 'public/all/badge.svg']) {
      const answer = await get(name);
      texts.push(await answer.text(), JSON.stringify([...answer.headers]));
    }
    for (const text of texts) expect(text).not.toMatch(SECRET);
    expect(texts.join()).toContain('Channels &lt;of&gt; &quot;TV&quot;');
  });

  test('never shows the figure of some hours as that of 30 days, nor a day of which little is known as green', async () => {
    const { know, happen, get } = await serving();
    await know([{ state: 'live' }]);
    await happen([[-5, {}]]);
    const read = async (language: string): Promise<string> =>
      (await get('public', { headers: { 'Accept-Language': language } })).text();
    const page = await read('en');
    expect(page).toContain('the last 30 days: only 5 h known: 100\u00a0% available');
    expect(page).toContain('<i class="unknown" title="Sun 29 Nov: only 5 h known: 100\u00a0% available">');
    expect(page).not.toContain('class="up"');
    expect(await read('de')).toContain('nur 5 h bekannt: 100\u00a0% verfügbar');
  });

  test('says how much isn’t known of a day of which most is, and nothing of what is all known', async () => {
    const { know, happen, get } = await serving();
    await know([{ state: 'live' }]);
    await happen([[-31, {}]]);
    const page = await (await get('public')).text();
    expect(page).toContain('title="Sun 29 Nov: 100\u00a0% available"');
    expect(page).toContain('title="Sat 28 Nov: 100\u00a0% available, 19 h known"');
  });

  test('tells an outage that nobody saw the end of as the report does', async () => {
    const { know, happen, read, get, url } = await serving();
    await know([{ state: 'live' }]);
    const looked = { unseenSince: hour(-2.5) };
    const server = { type: 'server.unobserved', stream: undefined, sourceType: undefined } as const;
    await happen([
      [-9, {}],
      [-3, { type: 'stream.offline', liveSince: hour(-9) }],
      [-1, { ...server, ...looked }],
      [-1, { ...looked, since: hour(-2) }],
    ]);
    const [incident] = (await read()).incidents;
    expect(incident).toMatchObject({
      ...{ from: hour(-3), to: hour(-2), lengthSeconds: 3_600, unknownSeconds: 1_800 },
    });
    const report = await fetch(`${url}/api/reports/availability`, {
      headers: { Authorization: 'Bearer secret' },
    });
    const { items } = (await report.json()) as AvailabilityReport;
    expect(items[0]?.outages).toMatchObject([
      { start: incident?.from, end: incident?.to, lengthSeconds: 1_800 },
    ]);
    expect(await (await get('public')).text()).toContain('for 1 h, 30 min of it not known');
  });

  test('is up, then unknown and says so when nothing fresh comes', async () => {
    const { know, read, get, clock } = await serving();
    await know([{ state: 'live' }]);
    expect(await read()).toMatchObject({ state: 'up', isStale: false });
    clock.advance(60_000);
    expect(await read()).toMatchObject({ state: 'unknown', isStale: true, updatedAt: NOW });
    expect(await (await get('public')).text()).toContain('The monitor has had no fresh data since');
  });

  test('knows nothing before there is any data', async () => {
    const { read } = await serving();
    expect(await read()).toMatchObject({ state: 'unknown', isStale: true, updatedAt: null });
  });

  test('tells of a window of maintenance, and not of a silence that somebody made', async () => {
    const { know, read, publisher, clock, api } = await serving();
    await know([{ state: 'idle', expectedBy: 'configuration' }]);
    const subject = { kind: 'stream', server: 'north-3', stream: NAME } as const;
    const alert = { subject, state: 'firing', silencedBy: 'nightly' } as Alert;
    const silence: AlertSilence = {
      ...{ id: 'nightly', server: null, stream: NAME, reason: null, author: 'ops', comment: 'night shift' },
      ...{ createdAt: hour(-1), until: hour(1) },
    };
    const tell = async (seq: number, silences: readonly AlertSilence[], alerts: readonly Alert[]) => {
      clock.advance(5_000);
      const publishedAt = new Date(clock.wallMs()).toISOString();
      await publisher.publishAlerts(alertsHeadOf({ seq, publishedAt, silences }), alerts);
      await eventually(() => {
        expect(api.feed.alerts.newest('alerts', 'alerts')?.head?.seq).toBe(seq);
      });
      return statesOf(await read());
    };
    expect(await tell(1, [], [alert])).toStrictEqual(['maintenance', 'maintenance']);
    await know([{ state: 'idle', expectedBy: 'configuration' }]);
    expect(await tell(2, [], [{ ...alert, state: 'resolved' }])).toStrictEqual(['down', 'down']);
    await know([{ state: 'idle', expectedBy: 'configuration' }]);
    expect(await tell(3, [silence], [alert])).toStrictEqual(['down', 'down']);
    await know([{ state: 'idle', expectedBy: 'configuration' }]);
    const ofServer = { ...alert, subject: { kind: 'server', server: 'north-3' } as const };
    expect(await tell(4, [], [ofServer])).toStrictEqual(['maintenance', 'maintenance']);
  });
});

describe('strangers', () => {
  test('see status pages without a token, from any page and under any name, and all else is 401', async () => {
    const { know, get, url } = await serving();
    await know([{ state: 'live' }]);
    const elsewhere = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
    for (const name of ['public', 'public.json', 'public/all/badge.svg', 'style.css', 'public?utm=x']) {
      expect([name, (await get(name)).status]).toStrictEqual([name, 200]);
      expect([name, (await get(name, { headers: elsewhere })).status]).toStrictEqual([name, 200]);
    }
    const closed = ROUTES.filter(({ open }) => open !== true);
    expect(closed.length).toBeGreaterThan(20);
    for (const { path, method } of closed) {
      const asked = path.replace(/\{\w+\}/g, 'main');
      const { status } = await fetch(`${url}${asked}`, { method: method.toUpperCase() });
      expect([asked, status]).toStrictEqual([asked, 401]);
    }
  });

  test('learn nothing of other pages', async () => {
    const { get } = await serving([PAGE, { ...PAGE, name: 'other' }]);
    const answers = new Set<string>();
    for (const name of [
      'none',
      'none.json',
      'none/all/badge.svg',
      'public/none/badge.svg',
      'other/x/badge.svg',
    ]) {
      const answer = await get(name);
      answers.add(`${answer.status} ${await answer.text()}`);
    }
    expect([...answers]).toStrictEqual([expect.stringMatching(/^404 .*There is no status page here/)]);
    expect(await (await get('public')).text()).not.toContain('other');
  });

  test.each([[{}], [{ Authorization: 'Bearer secret' }]])(
    'who mistype an address are told that nothing is there, and asked for no token (%o)',
    async (headers) => {
      const { url } = await serving();
      const none = await (await fetch(`${url}/status/none`)).text();
      const names = [
        '',
        '/',
        '/PUBLIC',
        '/public/',
        '/%70ublic',
        '/public%2f',
        '/public/all',
        '/public.html',
      ];
      for (const name of [...names, '/public/all/badge.svg/', '/a%2f..%2f..%2fmetrics', '/PUBLIC?x=1']) {
        const answer = await fetch(`${url}/status${name}`, { headers });
        expect([name, answer.status, await answer.text()]).toStrictEqual([name, 404, none]);
        expect(answer.headers.has('www-authenticate')).toBe(false);
      }
      expect((await fetch(`${url}/statusx`)).status).toBe(401);
    },
  );

  test('may change nothing', async () => {
    const { get } = await serving();
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await get('public', { method })).status).toBe(405);
    }
  });

  test('who ask 2,000 times have it made once, and what was before read once', async () => {
    const { know, get, url, api, clock } = await serving([PAGE], { API_TOKENS: [] });
    await know([{ state: 'live' }]);
    let looks = 0;
    const { servers } = api.feed;
    const current = servers.current.bind(servers);
    servers.current = (...asked) => {
      looks += 1;
      return current(...asked);
    };
    const histories = async (): Promise<string | undefined> =>
      /^mediamtx_monitor_status_histories_total (\d+)$/m.exec(
        await (await fetch(`${url}/metrics`)).text(),
      )?.[1];
    const names = ['public', 'public.json', 'public/all/badge.svg', 'public/main-stage/badge.svg'];
    const ask = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) await (await get(names[n % 4] ?? '')).arrayBuffer();
    };
    await Promise.all(Array.from({ length: 20 }, () => ask(100)));
    // One for all pages, and one for what was before.
    expect([looks, await histories()]).toStrictEqual([2, '1']);
    clock.advance(6_000);
    await Promise.all(Array.from({ length: 20 }, () => ask(4)));
    expect([looks, await histories()]).toStrictEqual([3, '1']);
    clock.advance(300_000);
    await Promise.all(Array.from({ length: 20 }, () => ask(4)));
    await eventually(async () => {
      expect([looks, await histories()]).toStrictEqual([5, '2']);
    });
  });
});

describe('answers', () => {
  test('have a tag, and may be kept for a moment by whoever stands between', async () => {
    const { know, get } = await serving();
    await know([{ state: 'live' }]);
    for (const name of ['public', 'public.json', 'public/all/badge.svg']) {
      const answer = await get(name);
      const tag = answer.headers.get('etag') ?? '';
      expect(answer.headers.get('cache-control')).toBe('public, max-age=10');
      expect((await get(name, { headers: { 'If-None-Match': tag } })).status).toBe(304);
    }
  });

  test('may be shown by other pages, but the page itself not', async () => {
    const { get } = await serving([PAGE], { ALLOWED_ORIGINS: ['https://own.example'] });
    for (const name of ['public.json', 'public/all/badge.svg']) {
      for (const headers of [{}, { Origin: 'https://own.example' }]) {
        const answer = await get(name, { headers });
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      }
    }
    const page = await get('public');
    expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(page.headers.get('refresh')).toBe('30');
    const text = await page.text();
    expect(text).not.toMatch(/<script|<style|style=|\son\w+=|http-equiv/);
  });

  test('are in the reader’s language, unless the page has its own', async () => {
    const { get } = await serving([PAGE, { ...PAGE, name: 'german', language: 'de' }]);
    const read = async (name: string, language: string): Promise<[string, string | null]> => {
      const answer = await get(name, { headers: { 'Accept-Language': language } });
      return [/<html lang="(\w+)"/.exec(await answer.text())?.[1] ?? '', answer.headers.get('vary')];
    };
    expect(await read('public', 'de')).toStrictEqual(['de', 'Accept-Encoding, Accept-Language']);
    expect(await read('public', 'en')).toStrictEqual(['en', 'Accept-Encoding, Accept-Language']);
    expect(await read('german', 'en')).toStrictEqual(['de', 'Accept-Encoding']);
    const badge = await get('public/all/badge.svg', { headers: { 'Accept-Language': 'de' } });
    expect(await badge.text()).toContain('Unbekannt');
  });
});
