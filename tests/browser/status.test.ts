import { beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { testRedis } from '@mediamtx-monitor/testkit';
import { happening, storedEvent } from '../../services/api/test/happening.ts';
import { headOf, streamOf, TestPublisher } from '../../services/api/test/publisher.ts';
import { statusFile } from '../../services/api/test/status/status-file.ts';
import { atEnd, atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open } from './support/open.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGES = [
  {
    name: 'tv',
    title: 'Channels of Example TV',
    timeZone: 'Europe/Berlin',
    items: [
      { title: 'Main stage', match: 'live/main' },
      { title: 'Side stage', match: 'live/side' },
      {
        title: 'A title that goes on for longer than a phone is wide, with a word Donaudampfschifffahrt',
        match: 'live/long',
      },
      { title: 'Radio', match: 'radio/*', group: 'Sound only' },
      { title: 'Far away', match: 'x', servers: ['nowhere'], group: 'Sound only' },
    ],
  },
];
const SIZES = [360, 768, 1_280, 1_920].map((width) => ({ width, height: 800 }));

let api: ApiOfTest;

beforeAll(async () => {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  const nowMs = Date.now();
  const time = (ago: number): string => new Date(nowMs - ago).toISOString();
  const events = (
    [
      ...['live/main', 'live/side', 'live/long', 'radio/1'].map((stream) => [20 * DAY, { stream }] as const),
      [9 * DAY, { stream: 'live/main', type: 'stream.offline', liveSince: time(20 * DAY) }],
      [9 * DAY - 49_000, { stream: 'live/main' }],
      [5 * DAY, { stream: 'live/side', type: 'stream.offline', liveSince: time(20 * DAY) }],
      [5 * DAY - 7 * HOUR, { stream: 'live/side' }],
      [2 * HOUR, { stream: 'live/side', type: 'stream.offline', liveSince: time(5 * DAY - 7 * HOUR) }],
    ] as const
  ).map(([ago, event], index): [string, unknown] => [
    `${nowMs - ago}-${index}`,
    storedEvent({ at: time(ago), ...event }),
  ]);
  await happening({ publisher }).write(events);
  const head = headOf({ publishedAt: time(0), collectedAt: time(0), intervalMs: 3_600_000 });
  await publisher.publish(
    head,
    ['live/main', 'live/long', 'radio/1'].map((name) => ({ ...streamOf(name), state: 'live', health: 'ok' })),
  );
  api = await startApi(redis, {
    MONITOR_CONFIG: statusFile(PAGES, atEndOfFile),
    API_TOKENS: `a:${createHash('sha256').update('b').digest('hex')}`,
  });
  atEndOfFile(api.stop);
});

test.each(SIZES)('a status page fits $width px, in light and dark, in both languages', async (viewport) => {
  for (const [colorScheme, locale] of [
    ['light', 'en-GB'],
    ['dark', 'de-DE'],
  ] as const) {
    const { page } = await open(api.url, 'status/tv', { viewport, colorScheme, locale });
    const verdict = { 'en-GB': '1 of 5 has trouble', 'de-DE': 'Störung bei 1 von 5' }[locale];
    expect(await page.locator('.what').innerText()).toBe(verdict);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    expect(await violations(page)).toStrictEqual([]);
  }
});

test('it tells without scripts what was down, and how long', async () => {
  const { page } = await open(api.url, 'status/tv', { javaScriptEnabled: false });
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/Side stage\s+Down/);
  expect(text).toMatch(/Side stage\n[^\n]* – ongoing\s+for 2 h/);
  expect(text).toMatch(/Main stage\n[^\n]*\s+for 49 s/);
  expect(text).toContain('The monitor has no fresh data about');
  const bars = page.getByRole('img', {
    name: /^Side stage, the last 30 days: 98\.\d+ % available, (?:19|20) days.* known$/,
  });
  expect(await bars.locator('i').count()).toBe(30);
  expect(await bars.locator('i.down').count()).toBeGreaterThan(0);
});

test('another page may show a badge', async () => {
  const { page } = await open(api.url, 'status/tv');
  const elsewhere = createServer((_request, response) => {
    const badge = `${api.url}/status/tv/side-stage/badge.svg`;
    response.writeHead(200, {
      'Content-Type': 'text/html',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(`<link rel="icon" href="data:,"><img src="${badge}" alt="Side stage">`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    elsewhere.closeAllConnections();
    elsewhere.close();
  });
  const { port } = elsewhere.address() as AddressInfo;
  const context = await page.context().browser()?.newContext();
  if (context === undefined) throw new Error('no browser');
  atEnd(() => context.close());
  const other = await context.newPage();
  await other.goto(`http://localhost:${port}/`);
  expect(await other.evaluate('document.images[0].naturalWidth')).toBeGreaterThan(80);
});
