import { describe, expect, test } from '@jest/globals';
import { Router } from '../../src/data/router.ts';
import { DEFAULT_VIEW, isFiltered, type ViewState } from '../../src/data/view.ts';
import { parseView as parseViewOf, viewQuery } from '../../src/data/view-query.ts';

const LANGUAGES = ['en', 'de'];
const parseView = (query: string): ViewState => parseViewOf(query, LANGUAGES);
const view = (given: Partial<ViewState>): ViewState => ({ ...DEFAULT_VIEW, ...given });

describe('a view is a link', () => {
  test.each<[string, Partial<ViewState>]>([
    ['?', {}],
    ['?view=cards', { view: 'cards' }],
    ['?view=servers', { view: 'servers' }],
    ['?stream=main/cam1', { stream: { server: 'main', name: 'cam1' } }],
    ['?stream=main/a/b/c', { stream: { server: 'main', name: 'a/b/c' } }],
    ['?stream=main/%3Cb%3E%26%3F%23%20%F0%9F%98%80', { stream: { server: 'main', name: '<b>&?# 😀' } }],
    ['?q=cam%201', { q: 'cam 1' }],
    ['?state=live,stalled', { state: ['live', 'stalled'] }],
    ['?health=warning,critical', { health: ['warning', 'critical'] }],
    ['?server=main,studio-2', { server: ['main', 'studio-2'] }],
    ['?protocol=srt,webrtc', { protocol: ['srt', 'webrtc'] }],
    ['?sort=-inboundMbps', { sort: { key: 'inboundMbps', descending: true } }],
    ['?sort=-attention', { sort: { key: 'attention', descending: true } }],
    ['?sort=name', { sort: { key: 'name', descending: false } }],
    ['?stream=main/a&range=24h', { stream: { server: 'main', name: 'a' }, range: '24h' }],
    [
      '?range=24h&zoom=2026-11-30T03:12Z/2026-11-30T03:20:05Z',
      { range: '24h', zoom: [Date.parse('2026-11-30T03:12:00Z'), Date.parse('2026-11-30T03:20:05Z')] },
    ],
    ['?range=7d&at=2026-11-30T03:12Z', { range: '7d', at: Date.parse('2026-11-30T03:12:00Z') }],
    ['?at=2026-11-30T03:12:41Z', { at: Date.parse('2026-11-30T03:12:41Z') }],
    [
      '?stream=main/van-7&range=24h&at=2026-11-30T03:12Z&with=main/van-7/backup',
      {
        stream: { server: 'main', name: 'van-7' },
        range: '24h',
        at: Date.parse('2026-11-30T03:12:00Z'),
        with: { server: 'main', name: 'van-7/backup' },
      },
    ],
    ['?view=history&server=main&range=7d', { view: 'history', server: ['main'], range: '7d' }],
    ['?view=history&host=media-1', { view: 'history', host: 'media-1' }],
    ['?view=wall&tiles=4x3', { view: 'wall', tiles: { columns: 4, rows: 3 } }],
    ['?pins=main/a,b/c/d', { pins: ['main/a', 'b/c/d'] }],
    ['?pins=main/50%2525%252C%20loud', { pins: ['main/50%, loud'] }],
    ['?chosen=main/a', { chosen: ['main/a'] }],
    ['?favourites=1&sort=favourites', { favourites: true, sort: { key: 'favourites', descending: false } }],
    ['?group=2', { grouping: { depth: 2, closed: [] } }],
    ['?group=1&closed=*,cam/', { grouping: { depth: 1, closed: ['*', 'cam/'] } }],
    ['?columns=in,since', { columns: ['in', 'since'] }],
    ['?columns=none', { columns: [] }],
    [
      '?view=timeline&kinds=outages,viewers&severity=critical',
      { view: 'timeline', kinds: ['outages', 'viewers'], severity: ['critical'] },
    ],
    ['?view=sessions&role=read&sessions=open', { view: 'sessions', role: 'read', sessions: 'open' }],
    [
      '?view=availability&window=own&from=2026-11-01T00:00Z&to=2026-11-30T03:12:41Z',
      {
        view: 'availability',
        window: 'own',
        from: Date.parse('2026-11-01T00:00:00Z'),
        to: Date.parse('2026-11-30T03:12:41Z'),
      },
    ],
    ['?kiosk=1', { kiosk: true }],
    ['?kiosk=1&night=22-6', { kiosk: true, night: { fromHour: 22, toHour: 6 } }],
    ['?lang=de&theme=light', { lang: 'de', theme: 'light' }],
    [
      '?view=cards&q=a&state=live&sort=readers&kiosk=1',
      { view: 'cards', q: 'a', state: ['live'], sort: { key: 'readers', descending: false }, kiosk: true },
    ],
  ])('%s', (query, given) => {
    expect(viewQuery(view(given))).toBe(query);
    expect(parseView(query)).toStrictEqual(view(given));
  });

  test('what isn’t known is passed over', () => {
    const query =
      '?view=map&stream=NO/x&state=live,dead&health=fine&server=UP&protocol=x&sort=-size&lang=xx&theme=pink&x=1&kinds=births&severity=fatal&role=idle&sessions=all&window=1h&from=x';
    expect(parseView(query)).toStrictEqual(view({ state: ['live'] }));
  });

  test.each([
    '?tiles=6x6&pins=NO/x,,main&chosen=x&group=0&closed=cam/&night=22-25',
    '?tiles=4&group=x&night=7-7',
    '?group=-1&night=22',
  ])('%s names no layout, stream, group or night', (query) => {
    expect(parseView(query)).toStrictEqual(view({}));
  });

  test('of too many only as many as can be shown', () => {
    const keys = Array.from({ length: 120 }, (_, index) => `main/cam${index}`);
    const { pins, chosen } = parseView(`?pins=${keys.join()}&chosen=${keys.join()}`);
    expect([pins.length, chosen.length]).toStrictEqual([100, 9]);
    expect(parseView('?group=9').grouping?.depth).toBe(3);
    expect(parseView('?pins=main/a,main/a').pins).toStrictEqual(['main/a']);
  });

  test.each(['?stream=', '?stream=main', '?stream=main/', '?stream=/cam'])('%s is no stream', (query) => {
    expect(parseView(query).stream).toBeNull();
  });

  test('what is shown beside a stream is nothing without one, and so is a host elsewhere', () => {
    const other = { server: 'main', name: 'b' };
    expect(viewQuery(view({ with: other, host: 'media-1' }))).toBe('?');
    expect(parseView('?view=history&host=NO%2F').host).toBeNull();
  });

  test('kiosk needs no value, and 0 is off', () => {
    expect(parseView('?kiosk').kiosk).toBe(true);
    expect(parseView('?kiosk=0').kiosk).toBe(false);
  });

  test('half a character doesn’t break the link', () => {
    expect(viewQuery(view({ q: '\ud83d' }))).toBe('?q=%EF%BF%BD');
  });

  test('white space in the search narrows nothing', () => {
    expect(isFiltered(view({ q: '  ' }))).toBe(false);
    expect(isFiltered(view({ q: 'a' }))).toBe(true);
    expect(isFiltered(view({ protocol: ['srt'] }))).toBe(true);
    expect(isFiltered(view({ favourites: true }))).toBe(true);
    expect(isFiltered(view({ pins: ['main/a'] }))).toBe(true);
  });
});

function startRouter(search: string) {
  const visited: string[] = [];
  const location = { search };
  let pop = (): void => undefined;
  const router = new Router(
    {
      location,
      history: {
        pushState: (_state, _title, url) => void visited.push(`push ${String(url)}`),
        replaceState: (_state, _title, url) => void visited.push(`replace ${String(url)}`),
      },
      onPopState: (listener) => {
        pop = listener;
      },
    },
    LANGUAGES,
  );
  return {
    router,
    visited,
    goBackTo: (query: string) => {
      location.search = query;
      pop();
    },
  };
}

describe('the URL and the view', () => {
  test('begin as one, and go on as one', () => {
    const { router, visited } = startRouter('?q=cam');
    expect(router.view.value.q).toBe('cam');
    router.adjust({ q: 'studio' });
    router.go({ stream: { server: 'main', name: 'studio/1' } });
    expect(visited).toStrictEqual(['replace ?q=studio', 'push ?stream=main/studio/1&q=studio']);
    expect(router.view.value.stream).toStrictEqual({ server: 'main', name: 'studio/1' });
  });

  test('the back button leads back', () => {
    const { router, goBackTo } = startRouter('?view=servers');
    router.go({ view: 'streams' });
    goBackTo('?view=servers');
    expect(router.view.value.view).toBe('servers');
  });

  test('who goes to another time or subject leaves what was looked at closer', () => {
    const query = '?stream=main/cam&range=24h&at=2026-11-30T03:12Z&zoom=2026-11-30T03:10Z/2026-11-30T03:14Z';
    const { router } = startRouter(query);
    const at = Date.parse('2026-11-30T04:00:00Z');
    for (const change of [{ at }, { range: '7d' }, { stream: null }, { view: 'servers' }] as const) {
      expect(router.href(change)).not.toContain('zoom');
    }
    expect(router.href({ lang: 'de' })).toBe(`${query}&lang=de`);
    expect(router.href({ range: null, zoom: [at, at + 1_000] })).toContain('zoom=2026-11-30T04:00Z/');
  });

  test.each(['', 'x', '2026-11-30T03:10Z', '2026-11-30T03:10Z/x', '2026-11-30T03:10Z/2026-11-30T03:10Z'])(
    'zoom=%s is no time',
    (zoom) => {
      expect(parseView(`?zoom=${zoom}`).zoom).toBeNull();
    },
  );

  test('a link is the view with a change, and opens it', () => {
    const { router, visited } = startRouter('?q=cam');
    expect(router.href({ view: 'cards' })).toBe('?view=cards&q=cam');
    router.open('?view=cards');
    expect(router.view.value).toMatchObject({ view: 'cards', q: '' });
    expect(visited).toStrictEqual(['push ?view=cards']);
  });
});
