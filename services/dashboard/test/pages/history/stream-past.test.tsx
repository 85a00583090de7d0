/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { act } from 'preact/test-utils';
import { openPage, type TestPage, textOf } from '../../support/page.tsx';
import { snapshot, stream } from '../../support/records.ts';

/** The page's clock stands at 2026-01-01T01:05Z. */
const HISTORY = {
  from: '2026-01-01T00:50:00.000Z',
  to: '2026-01-01T01:05:00.000Z',
  stepSeconds: 300,
  fields: {
    state: { worst: ['live', null, 'missing'] },
    health: { worst: ['ok', null, 'critical'] },
    inboundMbps: { mean: [4, null, 1], min: [3, null, 0], max: [5, null, 4] },
  },
};
const OFFLINE = {
  id: '1-0',
  type: 'stream.offline',
  at: '2026-01-01T01:01:00.000Z',
  server: 'main',
  severity: 'critical',
  since: null,
  unseenSince: null,
  cause: { source: 'missing-from-list', text: null },
  stream: 'cam',
  sourceType: null,
  expected: true,
  state: 'missing',
  liveSince: null,
};

/** For a tenth of a step of the history above. */
const UNOBSERVED = {
  ...{ id: '2-0', type: 'server.unobserved', server: 'main', severity: 'warning', since: null, cause: null },
  ...{ at: '2026-01-01T00:53:00.000Z', unseenSince: '2026-01-01T00:52:30.000Z' },
};

/** An API that has history and one event, and what it was asked. */
function api(history: unknown = HISTORY, status = 200, ofServer: readonly object[] = []) {
  const asked: URL[] = [];
  const fetchOfTest: typeof fetch = (input) => {
    const url = new URL(input as string);
    asked.push(url);
    const isEvents = url.pathname.endsWith('/events');
    const items = url.searchParams.has('stream') ? [OFFLINE] : ofServer;
    const body = isEvents
      ? { items, next: '1-0', previous: null, more: false, trimmed: false }
      : url.pathname === '/api/streams'
        ? { items: [stream({ name: 'cam/backup' })], total: 1 }
        : history;
    // jsdom has no responses of its own.
    const answered = isEvents ? 200 : status;
    return Promise.resolve({
      status: answered,
      ok: answered === 200,
      headers: new Headers(),
      json: () => Promise.resolve(body),
      text: () => Promise.resolve(JSON.stringify(body)),
    } as Response);
  };
  return { asked, fetch: fetchOfTest };
}

/** Opens a page whose parts come later, and waits until it reads like this. */
async function openPast(query: string, given: ReturnType<typeof api>, selector: string): Promise<TestPage> {
  const page = openPage(query, { fetch: given.fetch });
  page.deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  await until(() => page.root.querySelector(selector) !== null);
  return page;
}

async function until(isSo: () => boolean): Promise<void> {
  await eventually(async () => {
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
    expect(isSo()).toBe(true);
  });
}

const FIELD = 'figure[aria-label^="In, Mbit/s: In, Mbit/s 0 to 5.00"]';

// jsdom lays nothing out, so there is nothing to scroll to.
Element.prototype.scrollIntoView = function scrollIntoView(this: Element): void {
  this.setAttribute('data-scrolled', '');
};

describe('the past of a stream', () => {
  test('a link to a part of it asks for that, in the finest steps, and leads back to the whole', async () => {
    const given = api();
    const zoom = '2026-01-01T00:51Z/2026-01-01T00:55Z';
    const { root } = await openPast(`?stream=main/cam&range=24h&zoom=${zoom}`, given, '.past-shown');
    await until(() => given.asked.some(({ pathname }) => pathname.endsWith('/history')));
    const [question] = given.asked.filter(({ pathname }) => pathname.endsWith('/history'));
    expect([...(question?.searchParams ?? [])]).toStrictEqual([
      ['server', 'main'],
      ['from', '2026-01-01T00:51:00.000Z'],
      ['to', '2026-01-01T00:55:00.000Z'],
    ]);
    expect(root.querySelector('.past-choices')?.hasAttribute('data-scrolled')).toBe(true);
    const whole = [...root.querySelectorAll<HTMLButtonElement>('.past-head button')].find(({ textContent }) =>
      textContent.includes('24 h'),
    );
    await act(() => {
      whole?.click();
    });
    expect(textOf(root, '.past-shown')).toMatch(/^History: 24 h until/);
  });

  test('shows as unknown when nobody looked, though steps are longer', async () => {
    const { root } = await openPast(
      '?stream=main/cam&range=15m',
      api(HISTORY, 200, [UNOBSERVED]),
      '.ribbon-unseen',
    );
    const { style } = root.querySelector<HTMLElement>('.ribbon-unseen') ?? document.body;
    expect(style.cssText.replace(/(\d\.\d)\d+/g, '$1')).toBe('inset-inline-start: 16.6%; inline-size: 3.3%;');
    expect(root.querySelector('.ribbon')?.getAttribute('aria-label')).toMatch(
      /Unknown 1 Jan 2026, \d\d:52:30/,
    );
  });

  test('says that it is the past, how finely, and leads back to what is live', async () => {
    const { root } = await openPast('?stream=main/cam&range=24h', api(), FIELD);
    expect(root.querySelector('.past-choices')?.hasAttribute('data-scrolled')).toBe(false);
    expect(textOf(root, '.past-shown')).toMatch(
      /^History: 24 h until .* · each point 5 min · updates by itself$/,
    );
    const back = [...root.querySelectorAll('a')].find(({ textContent }) => textContent === 'Back to live');
    expect(back?.getAttribute('href')).toBe('?stream=main/cam');
    expect(root.querySelector('.range-bar [aria-current]')?.textContent).toBe('24 h');
  });

  test('tells state, what isn’t known and what happened in words, too', async () => {
    const { root } = await openPast('?stream=main/cam&range=24h', api(), '.event-mark');
    expect(root.querySelector('.ribbon')?.getAttribute('aria-label')).toMatch(
      /^State: Live .* to .*, Unknown .* to .*, Off air .* to/,
    );
    expect(textOf(root, '.past-events summary')).toBe('Events in this time: 1');
    expect(textOf(root, '.past-events tbody tr')).toContain('off air');
    expect(root.querySelector('.past-events tbody a')?.getAttribute('href')).toBe(
      '?stream=main/cam&range=24h&at=2026-01-01T01:01Z',
    );
    expect(root.querySelector('.past-events tbody td')?.getAttribute('data-label')).toBe('Time');
    // What nothing is known of is one line, and no chart.
    expect(textOf(root, '.charts-missing')).toMatch(/^Not known of this time: .*Viewers/);
    expect(root.querySelector('figure[aria-label^="Viewers"]')).toBeNull();
    const page = root.querySelector<HTMLElement>('.event-mark');
    await act(() => {
      page?.focus();
    });
    expect(textOf(root, '.pointed')).toContain('off air');
  });

  test('around a moment marks it, and is asked for once', async () => {
    const given = api();
    const { root } = await openPast('?stream=main/cam&range=24h&at=2026-01-01T01:00Z', given, FIELD);
    expect(textOf(root, '.state-lane-times b')).toMatch(/^Marked: /);
    expect(root.querySelector('.past-choices')?.hasAttribute('data-scrolled')).toBe(true);
    const history = given.asked.find(({ pathname }) => pathname.endsWith('/history'));
    expect(Object.fromEntries(history?.searchParams ?? [])).toStrictEqual({
      server: 'main',
      from: '2025-12-31T13:00:00.000Z',
      to: '2026-01-01T13:00:00.000Z',
      step: '300',
    });
    expect(textOf(root, '.past-shown')).not.toContain('goes on');
  });

  test('of two streams stands on the same axes, each by its name', async () => {
    const { root } = await openPast(
      '?stream=main/cam&range=24h&with=main/cam/backup',
      api(),
      'figure[aria-label="In, Mbit/s: cam 0 to 5.00, cam/backup 0 to 5.00"]',
    );
    expect([...root.querySelectorAll('.state-lane-name')].map((name) => name.textContent)).toStrictEqual([
      'cam',
      'cam/backup',
    ]);
  });

  test('has a second stream found by its name', async () => {
    const page = await openPast('?stream=main/cam&range=24h', api(), '.compare input');
    const field = page.root.querySelector<HTMLInputElement>('.compare input');
    const type = (value: string): Promise<void> =>
      act(() => {
        if (field !== null) field.value = value;
        field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
      });
    await type('back');
    await until(() => page.root.querySelector('.compare option') !== null);
    await act(() => {
      page.root.querySelector<HTMLButtonElement>('.compare button')?.click();
    });
    await until(() => page.dashboard.view.value.with !== null);
    expect(page.dashboard.view.value.with).toStrictEqual({ server: 'main', name: 'cam/backup' });
  });

  test('that can’t be told says why, and can be asked for again', async () => {
    const problem = { code: 'store-unavailable', detail: 'The durable Redis is away.' };
    const given = api(problem, 503);
    const { root } = await openPast('?stream=main/cam&range=24h', given, '.no-answer');
    expect(textOf(root, '.no-answer')).toContain('The durable Redis is away.');
    expect(root.querySelector('.past')?.textContent).not.toContain('Loading');
    const before = given.asked.length;
    await act(() => {
      root.querySelector<HTMLButtonElement>('.no-answer button')?.click();
    });
    expect(given.asked.length).toBeGreaterThan(before);
  });

  test('is there also of one that this page never saw', async () => {
    const page = openPage('?stream=main/gone&range=24h', { fetch: api().fetch });
    page.deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    await until(() => page.root.querySelector(FIELD) !== null);
    expect(page.root.textContent).toContain('This stream isn’t there');
  });
});

describe('the past of servers and hosts', () => {
  test.each([
    ['?view=history&server=main', 'Server main', '/api/servers/main/history'],
    ['?view=history&host=media-1', 'Host media-1', '/api/hosts/media-1/history'],
  ])('%s is a page of its own', async (query, title, path) => {
    const given = api();
    const { root } = await openPast(query, given, FIELD);
    expect(textOf(root, 'h2')).toBe(title);
    expect(given.asked.map(({ pathname }) => pathname)).toContain(path);
    expect(root.textContent).not.toContain('Back to live');
  });

  test('a link that names none says so', async () => {
    const { root } = await openPast('?view=history', api(), '.nothing');
    expect(textOf(root, '.nothing')).toContain('No server or host is named');
  });
});
