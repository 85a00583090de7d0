/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { hostsMessage } from '../support/hosts.ts';
import { snapshot, stream } from '../support/records.ts';
import { openPage, spoken, textOf } from '../support/page.tsx';

const OPEN = { state: 'open', transport: 'websocket' } as const;

describe('the overview', () => {
  test('shows streams with what is known of them; what isn’t is said to be unknown', () => {
    const { root, deliver } = openPage();
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      const publishedAt = '2026-01-01T01:05:00.000Z';
      onStreams?.(snapshot([stream({ name: 'cam', inboundMbps: 4.123, rttMs: null })], { publishedAt }));
    });
    expect(textOf(root, 'h1')).toBe('All well');
    expect(textOf(root, '.row .col-stream a')).toBe('cam');
    expect(textOf(root, '.row .col-in')).toBe('4.12');
    expect(textOf(root, '.row .col-rtt .visually-hidden')).toBe('unknown');
    expect(textOf(root, '.row .col-since')).toBe('1 h 5 min');
    expect(textOf(root, '.row .col-viewers')).toBe('1 WebRTC 1');
  });

  test('live streams are counted of all that should be there, those too that no server lists', () => {
    const { root, deliver } = openPage();
    const message = snapshot([stream({ name: 'a' }), stream({ name: 'b' })]);
    deliver(({ onStreams }) =>
      onStreams?.({ ...message, totals: { ...message.totals, streams: 2, missing: 1 } }),
    );
    expect(textOf(root, '.total dd')).toMatch(/of 3, 1 missing$/);
  });

  test.each(['missing', 'unknown'] as const)('of a stream that is %s nobody counts viewers', (state) => {
    for (const [query, cell] of [
      ['', '.row .col-viewers'],
      ['?view=cards', '.stream-card-numbers div:last-child dd'],
    ] as const) {
      const { root, deliver } = openPage(query);
      deliver(({ onStreams }) =>
        onStreams?.(snapshot([stream({ state, readers: 0, readersByProtocol: {} })])),
      );
      expect(textOf(root, cell)).toBe('–unknown');
      deliver(({ onStreams }) =>
        onStreams?.(snapshot([stream({ state: 'idle', readers: 0, readersByProtocol: {} })], { seq: 2 })),
      );
      expect(textOf(root, cell)).toBe('0');
    }
  });

  test('names are text, whatever stands in them', () => {
    const { root, deliver } = openPage();
    const name = '<img src=x onerror=alert(1)>"\'/../&amp; ‮x';
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ name, health: 'critical' })])));
    expect(root.querySelector('img')).toBeNull();
    const link = root.querySelector('.row .col-stream a');
    expect(link?.textContent).toBe(name);
    expect(new URLSearchParams(link?.getAttribute('href') ?? '').get('stream')).toBe(`main/${name}`);
  });

  test.each([
    [0, 'MediaMTX Monitor'],
    [2, '(2) MediaMTX Monitor'],
    [100, '(99+) MediaMTX Monitor'],
  ])('with %i streams in trouble the tab is called %s', async (count, title) => {
    const { deliver } = openPage();
    const ill = Array.from({ length: count }, (_, index) =>
      stream({ name: `cam${index}`, health: 'critical' }),
    );
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream({ name: 'well' }), ...ill]));
    });
    await eventually(() => {
      expect(document.title).toBe(title);
    });
  });

  test('with several servers, names are told with theirs: in the banner and in the tab', async () => {
    const { root, deliver, dashboard } = openPage();
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream({ health: 'critical' })]));
      onStreams?.(snapshot([stream({ server: 'north' })], { server: 'north' }));
    });
    expect(textOf(root, '.truth-detail a')).toBe('main / cam');
    dashboard.openLink('?stream=north/cam');
    await eventually(() => {
      expect(document.title).toBe('(1) north / cam – MediaMTX Monitor');
    });
  });

  test('of a great fleet only some rows are in the page', () => {
    const { root, deliver } = openPage();
    const streams = Array.from({ length: 5_000 }, (_, index) => stream({ name: `cam${index}` }));
    deliver(({ onStreams }) => onStreams?.(snapshot(streams)));
    expect(root.querySelectorAll('.row').length).toBeLessThan(60);
    expect(root.querySelector('table')?.getAttribute('aria-rowcount')).toBe('5001');
    expect(root.querySelector('.row')?.getAttribute('aria-rowindex')).toBe('2');
  });

  test('a host that has fallen silent is not shown as it was', () => {
    const { root, deliver, stale } = openPage();
    deliver(({ onHosts, onStreams }) => {
      onHosts?.(hostsMessage());
      onStreams?.(snapshot([stream()]));
    });
    expect(textOf(root, '.server-chip')).toContain('CPU 12 %');
    stale.add('box');
    deliver(({ onHosts }) => onHosts?.(hostsMessage()));
    expect(textOf(root, '.server-chip')).toContain('Host last seen 2.5 s ago');
    expect(textOf(root, '.server-chip')).not.toContain('CPU');
  });

  test('a lost connection keeps the picture and says so', () => {
    const { root, deliver } = openPage();
    deliver(({ onStreams, onState }) => {
      onStreams?.(snapshot([stream()]));
      onState?.({ state: 'waiting', retryInMs: 4_000, code: 'lost', reason: '' });
    });
    expect(textOf(root, '.banner')).toContain('Connection lost');
    expect(textOf(root, '.banner')).toContain('The connection was closed. Trying again soon.');
    expect(textOf(root, 'h1')).toBe('Unknown: last update 1 s ago');
    expect(root.querySelectorAll('.row')).toHaveLength(1);
  });

  test('what isn’t understood leads to a reload', () => {
    const { root, deliver, do: change, reloads } = openPage();
    deliver(({ onError }) => onError?.({ code: 'bad-data', reason: '' }));
    expect(textOf(root, '.banner')).toContain('it may be newer than this page');
    change(() => root.querySelector<HTMLButtonElement>('.banner button')?.click());
    expect(reloads()).toBe(1);
  });

  test('an empty fleet says what to do next', () => {
    const { root, deliver, wait } = openPage();
    deliver(({ onState }) => onState?.(OPEN));
    expect(textOf(root, '.empty')).toBe('');
    wait(3_000);
    expect(textOf(root, '.empty')).toContain('Start a collector');
    deliver(({ onStreams }) => onStreams?.(snapshot([])));
    expect(textOf(root, '.empty')).toContain('ffmpeg');
  });

  test('simulated data wears a label', () => {
    const { root, deliver } = openPage();
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()], { simulated: true })));
    expect(textOf(root, '.badge-simulated')).toBe('Simulated');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()], { seq: 2 })));
    expect(root.querySelector('.badge-simulated')).toBeNull();
  });

  test('a click on a head sorts, the next the other way round', () => {
    const { root, deliver, do: change, dashboard } = openPage();
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([stream({ name: 'a', inboundMbps: 1 }), stream({ name: 'b', inboundMbps: 2 })])),
    );
    const head = root.querySelector<HTMLButtonElement>('th.col-in button');
    const order = (): string[] => [...root.querySelectorAll('.row a')].map(({ textContent }) => textContent);
    change(() => head?.click());
    expect(order()).toStrictEqual(['b', 'a']);
    expect(dashboard.href({})).toBe('?sort=-inboundMbps');
    change(() => head?.click());
    expect(order()).toStrictEqual(['a', 'b']);
    expect(head?.closest('th')?.getAttribute('aria-sort')).toBe('ascending');
  });

  test('what is filtered away can be brought back', () => {
    const { root, deliver, do: change } = openPage('?q=nothing');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    expect(textOf(root, '.nothing')).toContain('No stream matches');
    expect(textOf(root, '.shown')).toBe('0 of 1 streams');
    change(() => root.querySelector<HTMLButtonElement>('.nothing button')?.click());
    expect(root.querySelectorAll('.row')).toHaveLength(1);
  });

  test('readers are told how many are left when the filter changes, not with each tick', () => {
    const { root, deliver, do: change, dashboard } = openPage();
    const announced = (): string => textOf(root, '.filter-bar [role=status]');
    const cams = ['cam1', 'cam2'].map((name) => stream({ name }));
    deliver(({ onStreams }) => onStreams?.(snapshot(cams)));
    expect(announced()).toBe('');
    change(() => {
      dashboard.adjust({ health: ['ok'] });
    });
    expect(announced()).toBe('2 of 2 streams');
    deliver(({ onStreams }) => onStreams?.(snapshot(cams.slice(1), { seq: 2 })));
    expect(textOf(root, '.shown')).toBe('1 of 1 streams');
    expect(announced()).toBe('2 of 2 streams');
    change(() => {
      dashboard.adjust({ q: 'cam1' });
    });
    expect(announced()).toBe('0 of 1 streams');
  });

  test('a server of the filter that isn’t there can be seen and unchosen', () => {
    const { root, deliver, do: change, dashboard } = openPage('?server=gone');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    const menus = [...root.querySelectorAll('.filter-bar .menu')];
    const menu = menus.find((one) => textOf(one, 'summary').startsWith('Server'));
    expect(textOf(root, '.filter-bar')).toContain('Servergone');
    const boxes = [...(menu?.querySelectorAll<HTMLInputElement>('input') ?? [])];
    expect(boxes.map(({ checked }) => checked)).toStrictEqual([false, true]);
    change(() => boxes[1]?.click());
    expect(dashboard.view.value.server).toStrictEqual([]);
  });

  test('speaks German when the link says so', async () => {
    const page = openPage('?lang=de');
    const { root, deliver } = page;
    await spoken(page);
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream({ inboundMbps: 4.123 })]));
    });
    expect(textOf(root, 'h1')).toBe('Alles in Ordnung');
    expect(textOf(root, '.row .col-in')).toBe('4,12');
    await eventually(() => {
      expect(document.documentElement.lang).toBe('de');
    });
  });
});
