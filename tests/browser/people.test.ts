import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { type WholeMonitor, startMonitor } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';
import { cardOf, names, rowOf } from './support/table.ts';

let monitor: WholeMonitor;
let url: string;

beforeAll(async () => {
  monitor = await startMonitor();
  ({ url } = monitor.api);
  atEndOfFile(monitor.stop);
  monitor.simulator.setStreamFrozen('cam/crowd', true);
});

const phone = { viewport: PHONE, isMobile: true, hasTouch: true };
test('/ leads to the search; arrows and Enter to a stream, Escape back', async () => {
  const { page } = await open(url, '?sort=name');
  await rowOf(page, 'studio-1').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('studio');
  await eventually(async () => {
    expect(await names(page)).toStrictEqual(['studio-1', 'studio-2']);
  });
  for (const stream of ['studio-1', 'studio-2']) {
    await page.keyboard.press('ArrowDown');
    await eventually(async () => {
      expect(await page.evaluate('document.activeElement.textContent')).toContain(stream);
    });
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'studio-2' }).waitFor();
  await page.keyboard.press('Escape');
  await rowOf(page, 'studio-1').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('studio');
});

test.each([
  ['Escape', (page: Page) => page.keyboard.press('Escape')],
  ['its button', (page: Page) => page.getByRole('button', { name: 'Close' }).click()],
])('? shows the help, %s closes it and gives the focus back', async (_what, close) => {
  const { page } = await open(url);
  await rowOf(page, 'studio-1').getByRole('link').focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys and marks' });
  await help.waitFor();
  expect(await violations(page)).toStrictEqual([]);
  await close(page);
  await help.waitFor({ state: 'hidden' });
  expect(await page.evaluate('document.activeElement.textContent')).toBe('studio-1');
});

test('on a phone the help is there', async () => {
  const { page } = await open(url, '?sort=name', phone);
  await cardOf(page, 'cam/crowd').waitFor();
  await page.getByRole('button', { name: 'Help and keys' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
});

test('the first press of Tab offers to skip to the content', async () => {
  const { page } = await open(url);
  await rowOf(page, 'studio-1').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
});

test('?kiosk shows the picture without anything to set', async () => {
  const { page } = await open(url, '?kiosk');
  await page.getByRole('listitem').filter({ hasText: 'studio-1' }).waitFor();
  expect(await page.getByRole('searchbox').count()).toBe(0);
});

test('servers: state, version, age and tick; a list that can’t be read is named', async () => {
  const { page } = await open(url, '?view=servers');
  const main = page.getByRole('main');
  await main.getByText('MediaMTX answers').waitFor();
  await main.getByRole('button', { name: 'Details of main' }).click();
  expect(await main.innerText()).toMatch(
    /main[^]*v1\.20\.1[^]*Age of the data\s+[\d.]+ s[^]*Asked every\s+1 s/,
  );
  expect(await main.innerText()).toMatch(/No host agent has reported/);
  // Of a monitor that has only begun there is no history when it is asked for first; a minute later it is asked for again.
  await main.locator('.hour path[d^="M"]').first().waitFor({ state: 'attached', timeout: 150_000 });
  await monitor.simulator.setFault({ kind: 'status', status: 500, list: 'srtconns' });
  await main.getByText(/Could not be read this time: .*srtconns/).waitFor();
  await monitor.simulator.setFault(null);
});
