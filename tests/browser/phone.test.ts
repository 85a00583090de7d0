import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { LOOKED_AT, publishCrowdedFleet } from './support/crowded-fleet.ts';
import { startApi } from './support/monitor.ts';
import { open } from './support/open.ts';
import { namesOfCards } from './support/table.ts';

const phone = (width: number) => ({ viewport: { width, height: 740 }, isMobile: true, hasTouch: true });

let url: string;

beforeAll(async () => {
  const redis = testRedis();
  await publishCrowdedFleet(redis, ['main', 'north-studio']);
  const api = await startApi(redis);
  ({ url } = api);
  atEndOfFile(api.stop);
});

/**
 * What is pressed and smaller than a thumb, 44 px. Links within a sentence are as high as its lines; marks of events
 * stand in a table, too; what is covered by something else isn't pressed.
 */
const SMALL = `(() => {
  const small = [];
  for (const element of document.querySelectorAll('a, button, input, select, summary')) {
    if (element.closest('.skip, .visually-hidden, .event-mark, .truth-detail, dd, p, .evidence, .kiosk')) continue;
    if (element.closest('details:not([open])') !== null && element.tagName !== 'SUMMARY') continue;
    const box = (element.closest('label, .search-field') ?? element).getBoundingClientRect();
    if (box.width === 0 || getComputedStyle(element).clipPath !== 'none') continue;
    const beside = getComputedStyle(element, '::after');
    const isWider = beside.position === 'absolute' && beside.content !== 'none';
    const height = Math.max(box.height, isWider ? parseFloat(beside.height) : 0);
    const width = Math.max(box.width, isWider ? parseFloat(beside.width) : 0);
    if (height < 43.5 || width < 43.5) {
      small.push((element.textContent || element.getAttribute('aria-label') || element.type) + ' ' + Math.round(width) + '×' + Math.round(height));
    }
  }
  return small;
})()`;

const VIEWS: readonly (readonly [query: string, shown: string])[] = [
  ['', '.stream-card'],
  ['?group=1', '.group-card'],
  ['?view=wall', '.tile'],
  ['?view=servers', '.server-rows'],
  ['?view=timeline', '.story-list'],
  ['?view=sessions', '.past-tabs'],
  ['?view=availability', '.report-table'],
  [`?stream=main/${LOOKED_AT}`, '.plain-table'],
];

describe.each([360, 390])('%i px wide', (width) => {
  test.each(VIEWS)('%s: all is pressed with one thumb, and axe finds nothing', async (query, shown) => {
    const { page } = await open(url, query, {
      ...phone(width),
      colorScheme: width === 360 ? 'dark' : 'light',
    });
    await page.locator(shown).first().waitFor();
    await eventually(async () => {
      expect(await page.evaluate<string[]>(SMALL)).toStrictEqual([]);
    });
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await violations(page)).toStrictEqual([]);
  });
});

test('the first screen says what is wrong, and the pages are at the lower edge', async () => {
  const { page } = await open(url, '', phone(360));
  await page.getByRole('heading', { name: '32 streams need attention' }).waitFor();
  const nav = page.getByRole('navigation', { name: 'Pages' });
  const box = await nav.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(740);
  await nav.getByRole('link', { name: 'Servers' }).tap();
  await page.locator('.server-rows').waitFor();
  expect(await nav.getByRole('link', { name: 'Servers' }).getAttribute('aria-current')).toBe('page');
  await nav.getByRole('link', { name: 'Streams' }).tap();
  const card = await page.locator('.stream-card').first().boundingBox();
  expect(card?.y).toBeLessThan(740 - 2 * (box?.height ?? 0));
});

const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Filter and sort' });

async function openSheet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Filter' }).tap();
  await sheetOf(page).waitFor();
}

test('one button opens all that narrows and orders the list', async () => {
  const { page } = await open(url, '?server=main', phone(360));
  await page.locator('.stream-card').first().waitFor();
  await openSheet(page);
  const sheet = sheetOf(page);
  for (const choice of ['Critical', 'Live', 'SRT']) await sheet.getByLabel(choice, { exact: true }).check();
  await sheet.getByLabel('Sort by').selectOption('Stream');
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toStrictEqual({
    server: 'main',
    health: 'critical',
    state: 'live',
    protocol: 'srt',
    sort: 'name',
  });
  expect(await violations(page)).toStrictEqual([]);
  expect(await page.evaluate<string[]>(SMALL)).toStrictEqual([]);
  await sheet.getByRole('button', { name: /^Show \d+ streams$/ }).tap();
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Filter 4' }).waitFor();
  const shown = await namesOfCards(page);
  expect(shown).toStrictEqual(shown.toSorted());
  await openSheet(page);
  await sheet.getByLabel('by the first part of the name').check();
  await sheet.getByRole('button', { name: 'Close', exact: true }).tap();
  await page.locator('.group-card', { hasText: 'reason/' }).getByRole('button').tap();
  await eventually(async () => {
    expect(await page.locator('.stream-card').count()).toBe(0);
  });
  expect(new URL(page.url()).searchParams.get('closed')).toBe('reason/');
});

test('the page can be installed: its manifest and icons are there and what they say they are', async () => {
  const { page } = await open(url, '', phone(390));
  const session = await page.context().newCDPSession(page);
  const { url: manifest, errors, data = '' } = await session.send('Page.getAppManifest');
  expect([new URL(manifest).pathname, errors]).toStrictEqual(['/manifest.webmanifest', []]);
  const { icons } = JSON.parse(data) as { readonly icons: readonly { readonly src: string }[] };
  for (const { src } of [...icons, { src: 'apple-touch-icon.png' }]) {
    const answer = await page.request.get(new URL(src, manifest).href);
    expect([src, answer.status(), answer.headers()['content-type']]).toStrictEqual([src, 200, 'image/png']);
  }
  const answer = await page.request.get(manifest);
  expect(answer.headers()['content-type']).toBe('application/manifest+json; charset=utf-8');
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // Profiles of tests are never installed to.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toStrictEqual(['in-incognito']);
  // Still a page: nothing stays in the browser that would answer for it.
  expect(await page.evaluate('navigator.serviceWorker.getRegistrations().then(({ length }) => length)')).toBe(
    0,
  );
});
