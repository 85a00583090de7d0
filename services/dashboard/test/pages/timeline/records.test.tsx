/** @jest-environment jsdom */
import { eventually } from '@mediamtx-monitor/testkit';
import { expect, test } from '@jest/globals';
import type { SessionRecord, StreamAvailability } from '@mediamtx-monitor/types';
import { second } from '../../support/happened.ts';
import { keptApi, type KeptApi } from '../../support/kept-api.ts';
import { openPage } from '../../support/page.tsx';
import { SESSION } from '../../support/sessions.ts';

async function cellsOf(api: KeptApi, query: string): Promise<string[][]> {
  const { root } = openPage(query, { fetch: api.fetch });
  await eventually(() => {
    expect(root.querySelector('tbody tr')).not.toBeNull();
  });
  return [...root.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  );
}

test('a session that is open says so; what wasn’t measured isn’t 0', async () => {
  const [row] = await cellsOf(keptApi({ sessions: [SESSION] }), '?view=sessions');
  expect(row?.slice(2)).toStrictEqual([
    'Viewer',
    'SRT',
    expect.stringMatching(/^1 Jan 2026/),
    'open',
    '1 h 5 min',
    '–unknown',
    '–unknown',
    '',
    '',
  ]);
});

test('a session that is over says how it ended and how it ran, the last one first', async () => {
  const end = second(60);
  const cause = { source: 'last-error', text: 'no route' } as const;
  const over = (healthMs: SessionRecord['healthMs'], changes = {}) => ({
    ...SESSION,
    end,
    healthMs,
    cause,
    ...changes,
  });
  const rows = await cellsOf(
    keptApi({
      sessions: [
        over(
          { ok: 59_000, warning: 0, critical: 0, unknown: 1_000 },
          { role: 'publish', unseenSince: second(30) },
        ),
        over({ ok: 0, warning: 0, critical: 0, unknown: 60_000 }),
        over({ ok: 59_500, warning: 0, critical: 0, unknown: 500 }),
        over({ ok: 63_463, warning: 0, critical: 0, unknown: 99_423 }),
        over({ ok: 50_000, warning: 4_000, critical: 1_000, unknown: 5_000 }),
      ],
    }),
    '?view=sessions',
  );
  expect(rows.map((row) => row.at(-1))).toStrictEqual([
    '5 s in trouble, 5 s unknown',
    'no trouble, 1 min 39 s unknown',
    'no trouble',
    '1 min unknown',
    'no trouble, 1 s unknown',
  ]);
  expect(rows.map((row) => row[7])).toStrictEqual([...Array<string>(4).fill('–unknown'), '5.00 kB']);
  expect(rows[0]?.[9]).toBe('MediaMTX says: no route');
  expect(rows.at(-1)?.[9]).toMatch(/^MediaMTX says: no route; ended between .* and /);
});

test('an address of which only the beginning is kept says so', async () => {
  const masked = 'Sessions keep addresses without their end: x stands for that.';
  for (const [remoteAddr, shown, isSaid] of [
    ['192.0.2.0', '192.0.2.x', true],
    ['192.0.2.7:50000', '192.0.2.7:50000', false],
  ] as const) {
    const api = keptApi({ sessions: [{ ...SESSION, remoteAddr, user: null }] });
    const { root } = openPage('?view=sessions', { fetch: api.fetch });
    await eventually(() => {
      expect(root.querySelector('tbody td')?.textContent).toBe(shown);
    });
    expect(root.querySelector('tbody td')?.getAttribute('title')?.includes(masked) ?? false).toBe(isSaid);
    expect(root.textContent.includes(masked)).toBe(isSaid);
  }
});

test('filters of sessions go to the API', async () => {
  const api = keptApi({ sessions: [SESSION] });
  await cellsOf(
    api,
    '?view=sessions&role=read&sessions=closed&protocol=srt,rtsp&server=main&to=2026-01-01T02:00Z',
  );
  expect(api.asked).toContain(
    `/api/sessions?server=main&role=read&state=closed&until=2026-01-01T02%3A00%3A00.000Z&limit=100&protocol=srt%2Crtsp`,
  );
});

const ITEM: StreamAvailability = {
  server: 'main',
  stream: 'cam',
  uptimeSeconds: 3_600,
  downtimeSeconds: 60,
  unknownSeconds: 30,
  percent: 98.3606,
  knownPercent: 99.1869,
  outages: [{ kind: 'offline', start: second(0), end: second(60), lengthSeconds: 60, cause: null }],
  meanTimeBetweenOutagesSeconds: 3_600,
  restarts: 2,
  worstHealth: null,
  expected: null,
};

test('a report tells what isn’t known as that, and never as available', async () => {
  const nothing = {
    uptimeSeconds: 0,
    downtimeSeconds: 0,
    unknownSeconds: 86_400,
    percent: null,
    knownPercent: 0,
    outages: [],
  };
  const unknown = { ...ITEM, ...nothing, stream: 'dark', meanTimeBetweenOutagesSeconds: null, restarts: 0 };
  const always = { ...ITEM, stream: 'well', percent: 100, downtimeSeconds: 0, outages: [] };
  const report = { from: second(0), to: second(86_400), items: [unknown, always, ITEM] };
  const rows = await cellsOf(keptApi({ report }), '?view=availability');
  expect(rows).toStrictEqual([
    ['cam', '98.360 %', '1 min', '30 s', '1', '1 min', '1 h', '2', ''],
    ['well', '100 %', '0 s', '30 s', '0', '–unknown', '1 h', '2', ''],
    ['dark', 'nothing known', '0 s', '1 d', '0', '–unknown', '–unknown', '0', ''],
  ]);
});

test('a figure says of how much of the time it is, and doesn’t look like that of a time of which little is known', async () => {
  const of = (stream: string, knownPercent: number, changes: Partial<StreamAvailability> = {}) => {
    const unknownSeconds = 3_660 * (100 / knownPercent - 1);
    return { ...ITEM, stream, knownPercent, unknownSeconds, ...changes };
  };
  const items = [of('half', 50), of('less', 49.9), of('well', 1, { percent: 100 })];
  const expected = of('', 20, { percent: 100 });
  const api = keptApi({
    report: { from: second(0), to: second(1), items: [...items, of('late', 100, { expected })] },
  });
  const { root } = openPage('?view=availability', { fetch: api.fetch });
  await eventually(() => {
    expect(root.querySelectorAll('tbody tr')).toHaveLength(4);
  });
  const cells = [...root.querySelectorAll('tbody tr')].map(({ children: [name, first, ...rest] }) => [
    name?.textContent,
    first?.textContent,
    first?.querySelector('b')?.textContent,
    rest.at(-1)?.textContent,
  ]);
  expect(cells).toStrictEqual([
    ['less', '98.360 % of the 1 h 1 min known', undefined, ''],
    ['half', '98.360 % of the 1 h 1 min known', '98.360 %', ''],
    ['late', '98.360 %', '98.360 %', '100 % of the 1 h 1 min known'],
    ['well', '100 % of the 1 h 1 min known', undefined, ''],
  ]);
});

test('a report asks for its window and server', async () => {
  const api = keptApi({ report: { from: second(0), to: second(1), items: [ITEM] } });
  await cellsOf(api, '?view=availability&server=main&window=24h');
  expect(api.asked).toContain(
    '/api/reports/availability?from=2025-12-31T01%3A05%3A00.000Z&to=2026-01-01T01%3A05%3A00.000Z&server=main',
  );
});
