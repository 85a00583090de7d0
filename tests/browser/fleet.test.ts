import { beforeAll, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { edge, ILL, publishLargeFleet, UNREACHABLE, UNREAD } from './support/large-fleet.ts';
import { startApi } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';
import { FLEET_VIEWS, LIST } from './support/views.ts';

const SERVERS = 200;
const STREAMS = 50;
const SIZES = [360, 768, 1_280, 1_920].map((width) => ({ width, height: 900 }));

let url: string;
let publish: Awaited<ReturnType<typeof publishLargeFleet>>;

beforeAll(async () => {
  const redis = testRedis();
  publish = await publishLargeFleet(redis, SERVERS, STREAMS);
  const api = await startApi(redis);
  atEndOfFile(api.stop);
  ({ url } = api);
});

/** What came over the page's sockets: messages of each topic, and streams of which servers. */
function counting(page: Page): { readonly heads: Set<string>; readonly streams: Set<string> } {
  const told = { heads: new Set<string>(), streams: new Set<string>() };
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const [, type = '', server = ''] =
        /^\{"type":"(\w+)",.*?"server":"([\w-]+)"/.exec(String(payload)) ?? [];
      if (type === 'servers') told.heads.add(server);
      if (type === 'streams') told.streams.add(server);
    });
  });
  return told;
}

/** How many streams are left of all. */
const shows = (page: Page, text: string): Promise<void> =>
  page.locator('.shown', { hasText: text }).waitFor();

const rowNames = (page: Page): Promise<string[]> => page.locator('.fleet-row h3 a').allTextContents();

test('of 200 servers those come first in which something is wrong, the worst first, in words', async () => {
  const { page } = await open(url, '?view=help');
  const told = counting(page);
  await page.goto(`${url}/`);
  await page.locator('.fleet-row').nth(2).waitFor();
  expect(await rowNames(page)).toStrictEqual([UNREACHABLE, ILL, UNREAD]);
  await page.getByRole('heading', { name: '3 of 200 servers need attention' }).waitFor();
  const said = await page.locator('.fleet-said').allInnerTexts();
  expect(said[0]).toMatch(/MediaMTX is not reachable/);
  expect(said[1]).toMatch(/2 streams need attention\s*cam-0 Off air/);
  expect(said[2]).toMatch(/Could not be read this time: srtconns/);
  expect(await page.locator(LIST).count()).toBe(0);
  // No stream was sent of any server: all of this stands in their heads.
  expect([told.heads.size, told.streams.size]).toStrictEqual([SERVERS, 0]);
});

test('a server that is chosen brings its streams, and no others come; what is let go goes', async () => {
  const { page } = await open(url, '?view=help');
  const told = counting(page);
  await page.goto(`${url}/`);
  await page.getByRole('link', { name: ILL, exact: true }).click();
  await page.locator('.row').first().waitFor();
  await shows(page, '50 of 10,000 streams');
  expect([...told.streams]).toStrictEqual([ILL]);
  expect(page.url()).toContain(`server=${ILL}`);
  await page.goBack();
  await page.locator('.fleet-row').first().waitFor();
  expect(await page.locator(LIST).count()).toBe(0);
});

test('a label chooses servers, and stands in the address', async () => {
  const { page } = await open(url, `?server=${edge(3)},${edge(4)}`);
  await shows(page, '100 of 10,000 streams');
  await page.locator('summary', { hasText: 'site' }).click();
  await page.getByRole('radio', { name: 'north' }).check();
  await shows(page, '50 of 10,000 streams');
  expect(page.url()).toContain('label=site:north');
  await page.goto(`${url}/?label=site:west&label=tier:backup`);
  // 33 servers of the west have odd numbers.
  await shows(page, '1,650 of 10,000 streams');
});

test('the search finds streams of all servers', async () => {
  const { page } = await open(url);
  await page.locator('.fleet-row').first().waitFor();
  await page.getByRole('searchbox').fill('cam-49');
  await page.locator('.row').first().waitFor();
  await shows(page, '200 of 10,000 streams');
  await page.getByRole('searchbox').fill('cam-4');
  await page.getByText(/The first 200 that match/).waitFor();
  await page.getByRole('searchbox').fill('nobody');
  await page.getByText('No stream matches').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.locator('.fleet-row').first().waitFor();
});

test('what gets worse moves up, and what is well again leaves', async () => {
  const { page } = await open(url);
  await page.locator('.fleet-row').nth(2).waitFor();
  await publish(7, { missing: ['rtmpconns'] });
  await eventually(async () => {
    expect(await rowNames(page)).toStrictEqual([UNREACHABLE, ILL, UNREAD, edge(7)]);
  });
  await publish(7);
  await eventually(async () => {
    expect(await rowNames(page)).toStrictEqual([UNREACHABLE, ILL, UNREAD]);
  });
});

test('a stream’s page has its server’s streams alone', async () => {
  const { page } = await open(url, '?view=help');
  const told = counting(page);
  await page.goto(`${url}/?stream=${edge(5)}/cam-3`);
  await page.locator('.verdict').waitFor();
  await page.getByText('No trouble found').waitFor();
  expect([...told.streams]).toStrictEqual([edge(5)]);
});

test('a wall shows streams of the servers that need attention most', async () => {
  const { page } = await open(url, '?view=help');
  const told = counting(page);
  await page.goto(`${url}/?view=wall`);
  await page.locator('.tile').first().waitFor();
  await page.getByText('Streams of the 8 servers that need attention most').waitFor();
  expect([...told.streams].sort()).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7].map(edge));
});

test.each(SIZES)('each view fits $width px, light and dark, and axe finds nothing', async (viewport) => {
  const { page } = await open(url, '?view=help', { viewport, colorScheme: 'light' });
  for (const { name, path = '', shown } of FLEET_VIEWS) {
    await page.goto(`${url}/${path}`);
    await page.locator(shown).filter({ visible: true }).first().waitFor();
    expect([name, await violations(page)]).toStrictEqual([name, []]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect([name, await violations(page, ['color-contrast'])]).toStrictEqual([name, []]);
    await page.emulateMedia({ colorScheme: 'light' });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect([name, width]).toStrictEqual([name, Math.min(width, viewport.width)]);
  }
});

test('on a phone labels stand in the sheet', async () => {
  const { page } = await open(url, '', { viewport: PHONE });
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('radio', { name: 'west' }).check();
  expect(page.url()).toContain('label=site:west');
});

test('a servers page has the worst first, and those of a label alone', async () => {
  const { page } = await open(url, '?view=servers&label=site:south');
  await page.locator('.server-row').first().waitFor();
  expect(await page.locator('.server-row h3 a').first().textContent()).toBe(UNREAD);
  expect(await page.locator('.server-row').count()).toBe(67);
});
