import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { TestPublisher } from '../../services/api/test/publisher.ts';
import { atEndOfFile } from './support/at-end.ts';
import { type ApiOfTest, startApi, startMonitor } from './support/monitor.ts';
import { after, DAY, NIGHT, NIGHTS_EVENTS, writeNight } from './support/night.ts';
import { open as openAnywhere } from './support/open.ts';

let api: ApiOfTest;
let publisher: TestPublisher;
const TOKEN = 'a-token-for-tests-0123456789';
const API_TOKENS = `someone:${createHash('sha256').update(TOKEN).digest('hex')}`;
/** How times of the night are written. */
const WRITTEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
  Date.parse(NIGHT),
);

/** Where it is the time that events are told in. */
const open = (url: string, query: string, options: BrowserContextOptions = {}) =>
  openAnywhere(url, query, { timezoneId: 'UTC', ...options });

beforeAll(async () => {
  const redis = testRedis();
  publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  await writeNight(publisher);
  api = await startApi(redis);
  atEndOfFile(api.stop);
});

const stories = (page: Page, text: string | RegExp) => page.locator('.story').filter({ hasText: text });

/** As people read it. */
async function read(page: Page, text: string | RegExp): Promise<string> {
  return (await stories(page, text).first().locator('summary').innerText()).replace(/\s+/g, ' ');
}

describe('what happened last night at 03:12', () => {
  test('is found by its time, told as one story, and leads to the charts of that moment', async () => {
    const { page } = await open(api.url, '?view=timeline');
    await page.getByLabel('Go to').fill(`${DAY}T03:12:41`);
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.locator('.story-moment').waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toBe(`${DAY}T03:12:41Z`);
    expect(await read(page, 'stalled')).toBe(
      'Critical: van-7 03:12:41 stalled: no data → 03:12:51 off air, publisher’s connection closed → 03:13:30 back, gap 49 s',
    );
    expect(await stories(page, 'stalled').getAttribute('class')).toContain('story-at');
    await stories(page, 'stalled').locator('summary').click();
    const steps = stories(page, 'stalled').getByRole('list', { name: 'Step by step' });
    expect(await steps.getByRole('listitem').allInnerTexts()).toStrictEqual([
      '03:12:41 stalled: no data',
      '03:12:44 Critical: no data',
      '03:12:51 off air, publisher’s connection closed',
      '03:12:51 publisher’s connection closed, SRT crew, 192.0.2.x',
      '03:13:01 alert: expected, but not live',
      '03:13:29 publisher connected, SRT crew, 192.0.2.x',
      '03:13:30 back',
      '03:13:30 no trouble any more',
      '03:14:01 alert resolved',
    ]);
    await page.getByRole('link', { name: 'Charts at that time' }).click();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('stream')).toBe('main/van-7');
    expect(searchParams.get('at')).toBe(`${DAY}T03:12:41Z`);
    await page.getByRole('heading', { name: 'van-7' }).waitFor();
  });

  test('of a server: one story with its streams; what was lost is told; what isn’t over stands on top', async () => {
    const { page } = await open(api.url, '?view=timeline');
    await stories(page, 'cam-9').waitFor();
    expect(await read(page, 'is not reachable')).toMatch(
      /^Critical: Server main 03:22:41 MediaMTX is not reachable → 03:23:41 answers again, after 1 min → 03:23:41 MediaMTX was restarted \(v1\.20\.1\) 3 streams$/,
    );
    await stories(page, 'is not reachable').locator('summary').click();
    expect(await page.locator('.story-parts li').count()).toBe(3);
    expect(await page.locator('.story-parts li').first().innerText()).toMatch(
      /cam-1\s*by 03:23:41 off air, MediaMTX was restarted → 03:23:45 back, gap 4 s/,
    );
    expect(await stories(page, '12 events were lost').count()).toBe(1);
    const ongoing = page.locator('.story-ongoing');
    expect(await ongoing.innerText()).toContain('cam-9');
    expect(await ongoing.innerText()).toMatch(/for .+ so far/);
    // Nobody wants to see each viewer unless asked for.
    expect(await stories(page, 'viewer').count()).toBe(0);
    await page.locator('summary').filter({ hasText: 'default' }).click();
    await page.getByLabel('Viewers who come and go').check();
    await stories(page, 'viewer connected').waitFor();
    expect(await read(page, 'viewer connected')).toContain(
      'viewer left, WebRTC crew, 192.0.2.x, after 5 min',
    );
    expect(new URL(page.url()).searchParams.get('kinds')).toContain('viewers');
  });

  test('in German, of one stream and nothing else', async () => {
    const { page } = await open(api.url, '?view=timeline&q=VAN&lang=de');
    await stories(page, 'stockt').waitFor();
    expect(await read(page, 'stockt')).toContain('nicht mehr auf Sendung, Verbindung des Senders beendet');
    expect(await stories(page, 'cam-9').count()).toBe(0);
    // Its server had an outage, too.
    expect(await stories(page, 'nicht erreichbar').count()).toBe(1);
  });
});

test('what happens comes in, and waits where somebody reads', async () => {
  const { page } = await open(api.url, '?view=timeline&q=van');
  await stories(page, 'stalled').locator('summary').click();
  const [first] = NIGHTS_EVENTS.filter(({ type }) => type === 'stream.stalled');
  const at = new Date().toISOString();
  const news = { ...first, at, since: at };
  await publisher.redis.xadd(publisher.names.events, '*', 'json', JSON.stringify(news));
  const button = page.getByRole('button', { name: 'Show 1 new entry' });
  await button.waitFor();
  expect(await stories(page, 'stalled').count()).toBe(1);
  await button.click();
  await eventually(async () => {
    expect(await stories(page, 'stalled').count()).toBe(2);
  });
  expect(await page.locator('.story-ongoing').innerText()).toContain('van-7');
});

test('a stream’s page has its story and its sessions; those are saved as CSV, with a token, too', async () => {
  const redis = { ...testRedis() };
  const own = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    own.close();
  });
  await writeNight(own);
  const guarded = await startApi(redis, { API_TOKENS });
  atEndOfFile(guarded.stop);
  const { page, watch } = await open(guarded.url, '?stream=main/van-7');
  watch.expect(/401/);
  await page.getByLabel('Token').fill(TOKEN);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const row = page.getByRole('row', { name: /crew/ });
  await row.waitFor();
  expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(
    new RegExp(
      `crew, 192\\.0\\.2\\.x Publisher SRT ${WRITTEN}, 02:12:41 ${WRITTEN}, 03:12:51 1 h 900 MB 2\\.00 closed, no reason given 28 s in trouble, 12 s unknown`,
    ),
  );
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('sessions.csv');
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^server,stream,[^]*\r\nmain,van-7,/);
});

test('the availability report begins with the worst, tells unknown time as such, and leads to the outages', async () => {
  const from = after(-3_600);
  const { page } = await open(api.url, `?view=availability&window=own&from=${from}&to=${after(700)}`);
  const rows = page.locator('.report-table tbody tr');
  await rows.first().waitFor();
  expect(await rows.first().innerText()).toContain('van-7');
  expect((await rows.first().innerText()).replace(/\s+/g, ' ')).toMatch(/9\d\.\d{3} % .* 1 min .* 2 /);
  await page.getByRole('button', { name: 'Outages of van-7' }).click();
  // On paper it is the report alone, black on white.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.getByText('Availability – MediaMTX Monitor').isVisible()).toBe(true);
  expect(await page.getByRole('banner').isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
  const colours =
    '[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(content).color]';
  expect(await page.evaluate(colours)).toStrictEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: new RegExp(`${WRITTEN}, 03:12:41`) }).click();
  await page.locator('.story-moment').waitFor();
  expect(new URL(page.url()).searchParams.get('at')).toBe(NIGHT.replace('.000', ''));
});

test('what a collector writes down is told: that it looked for the first time, and who is there', async () => {
  const monitor = await startMonitor({ simulator: { streams: 3 } });
  atEndOfFile(monitor.stop);
  const { page } = await open(monitor.api.url, '?view=timeline');
  await stories(page, 'the monitor started watching').waitFor();
  await page.goto(`${monitor.api.url}/?view=sessions&role=publish`);
  const row = page.locator('.sessions tbody tr').first();
  await row.waitFor();
  expect(await row.innerText()).toMatch(/Publisher[^]*open/);
});
