/** @jest-environment jsdom */
import { eventually } from '@mediamtx-monitor/testkit';
import { describe, expect, test } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { act } from 'preact/test-utils';
import { happened as happenedAt, second } from '../../support/happened.ts';
import { keptApi, type KeptApi } from '../../support/kept-api.ts';
import { openPage, textOf } from '../../support/page.tsx';

/** With the id that Redis gives. */
const happened: typeof happenedAt = (type, seconds, changes) => ({
  ...happenedAt(type, seconds, changes),
  id: `${Date.parse(second(seconds))}-0`,
});

async function opened(api: KeptApi, query = '?view=timeline') {
  const page = openPage(query, { fetch: api.fetch });
  await eventually(() => {
    expect(page.root.querySelector('.story-list, .no-answer')).not.toBeNull();
  });
  const names = () => [...page.root.querySelectorAll('.story-subject')].map(({ textContent }) => textContent);
  const click = (text: string): void => {
    const button = [...page.root.querySelectorAll('button')].find(({ textContent }) => textContent === text);
    if (button === undefined) throw new Error(`no button ${text}`);
    void act(() => {
      button.click();
    });
  };
  return { ...page, names, click };
}
const offline = (seconds: number, stream: string) => happened('stream.offline', seconds, { stream });

describe('the timeline', () => {
  test('says what isn’t over, for how long, and that what was before isn’t kept', async () => {
    const { root } = await opened(keptApi({ events: [offline(0, 'cam')] }));
    // The page's clock is 5 minutes after midnight, and an hour on.
    expect(textOf(root, '.story-ongoing')).toMatch(
      /^Ongoing.*cam.*off air, publisher’s connection closedfor 1 h 5 min so far/,
    );
    expect(textOf(root, '.story-end')).toMatch(/^Nothing from before 1 Jan 2026, .* is kept\.$/);
  });

  test('says that a restart isn’t over as long as streams haven’t come back', async () => {
    const restarted = { cause: { source: 'server-restarted', text: null } };
    const events = [
      happened('server.unreachable', 0),
      happened('server.reachable', 11, { unreachableMs: 11_000 }),
      happened('server.restarted', 11.001),
      happened('stream.offline', 11.002, restarted),
      happened('stream.offline', 11.003, { ...restarted, stream: 'other' }),
    ];
    const { root } = await opened(keptApi({ events }));
    expect(textOf(root, '.story-ongoing summary')).toMatch(
      /answers again, after 11 s.*2 streams.*2 streams aren’t back yet$/,
    );
  });

  test('goes on where one event isn’t what it should be, and says so', async () => {
    const broken = { ...happened('alert.firing', 1, {}), reasons: undefined } as unknown as MonitorEvent;
    const { root, names } = await opened(keptApi({ events: [offline(0, 'cam'), broken] }));
    expect(names()).toStrictEqual(['cam']);
    expect(textOf(root, '.story [role=alert]')).toContain('This can’t be shown');
  });

  test('that can’t be drawn at all says so, and the rest of the page goes on', async () => {
    const { root } = openPage('?view=timeline', {
      fetch: keptApi({ events: [null as unknown as MonitorEvent] }).fetch,
    });
    await eventually(() => {
      expect(textOf(root, 'main [role=alert]')).not.toBe('');
    });
    expect(root.querySelector('.header nav')).not.toBeNull();
  });

  test('goes back page by page, and says how far', async () => {
    const api = keptApi({ events: Array.from({ length: 6 }, (_, i) => offline(i * 60, `cam-${i}`)) }, 2);
    const { root, names, click } = await opened(api);
    expect(names()).toStrictEqual(['cam-5', 'cam-4']);
    expect(textOf(root, '.story-end')).toContain('Shown back to');
    click('Show older');
    await eventually(() => {
      expect(names()).toStrictEqual(['cam-5', 'cam-4', 'cam-3', 'cam-2']);
    });
    expect(api.asked.at(-1)).toContain(`until=${Date.parse(second(240))}-0`);
  });

  test('goes on looking by itself where nothing wanted is on a page', async () => {
    const health = (seconds: number) => happened('stream.health', seconds, { stream: `cam-${seconds}` });
    const api = keptApi({ events: [offline(0, 'cam'), health(1), health(2), health(3), health(4)] }, 1);
    const { names } = await opened(api, '?view=timeline&kinds=outages');
    expect(names()).toStrictEqual(['cam']);
  });

  test('around a moment nothing is called going on that may be over since', async () => {
    const hour = 3_600;
    const api = keptApi({
      events: [offline(0, 'cam'), happened('stream.online', 2 * hour, { stream: 'cam' })],
    });
    const { root, click } = await opened(api, `?view=timeline&at=${second(60)}`);
    expect(root.querySelector('.story-ongoing')).toBeNull();
    expect(textOf(root, '.story-course')).toMatch(/^not over by /);
    expect(root.querySelector('.story-at')).not.toBeNull();
    expect(textOf(root, '.story-moment')).toMatch(/^Around 1 Jan 2026/);
    click('Show newer');
    await eventually(() => {
      expect(textOf(root, '.story-chain')).toContain('back, gap 2 h');
    });
  });

  test('has one line where the moment lies, also below all that is kept', async () => {
    const day = 86_400;
    const ended = (seconds: number) => happened('stream.online', seconds, { stream: `cam-${seconds}` });
    const events = [ended(-2 * day), ended(-day), ended(60)];
    const { root } = await opened(keptApi({ events }), `?view=timeline&at=${second(30)}`);
    const lines = () =>
      [...root.querySelectorAll('.story-moment, .story-subject')].map(({ textContent }) => textContent);
    expect(lines()).toStrictEqual([
      'cam-60',
      expect.stringMatching(/^Around/),
      `cam--${day}`,
      `cam--${2 * day}`,
    ]);
    const before = await opened(keptApi({ events: [ended(60)] }), `?view=timeline&at=${second(30)}`);
    expect(before.root.querySelectorAll('.story-moment')).toHaveLength(1);
  });

  test('says that the API doesn’t answer, and asks again', async () => {
    const api = keptApi({ events: [offline(0, 'cam')] });
    api.failure = { status: 503, code: 'store-unavailable', detail: 'The store is away.' };
    const { root, names, click } = await opened(api);
    expect(textOf(root, '.no-answer')).toContain('The store is away.');
    api.failure = null;
    click('Try again');
    await eventually(() => {
      expect(names()).toStrictEqual(['cam']);
    });
  });

  test('says in the language of the page what the code of an answer means', async () => {
    for (const [code, said] of [
      ['store-unavailable', 'Das Redis, das sie aufbewahrt, antwortet nicht.'],
      ['unknown-server', null],
    ] as const) {
      const api = keptApi();
      api.failure = { status: 503, code, detail: 'In English.' };
      const { root } = await opened(api, '?view=timeline&lang=de');
      expect(root.querySelector('.no-answer [lang=en]')?.textContent).toBe('In English.');
      const lines = [...root.querySelectorAll('.no-answer p:not([lang])')].map(
        ({ textContent }) => textContent,
      );
      expect(lines).toStrictEqual([
        expect.any(String),
        ...(said === null ? [] : [expect.stringContaining(said)]),
      ]);
    }
  });

  test('says that there is nothing, and of what it doesn’t know nothing', async () => {
    const { root } = await opened(keptApi(), '?view=timeline&lang=de');
    expect(textOf(root, '.story-list')).toBe('Keine solchen Einträge.');
  });
});
