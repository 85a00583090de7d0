import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { type WholeMonitor, startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { choose, names, rowOf, sortBy } from './support/table.ts';

/** Loses packets from the start on. */
const LOSSY = 'guest/interview';
const FROZEN = 'cam/crowd';

let monitor: WholeMonitor;
let url: string;

beforeAll(async () => {
  monitor = await startMonitor();
  ({ url } = monitor.api);
  atEndOfFile(monitor.stop);
  monitor.simulator.setStreamFrozen(FROZEN, true);
});

/** Waits until the frozen stream is known to be stalled. */
async function openWithReasons(query = '', options = {}): Promise<Page> {
  const { page } = await open(url, query, options);
  await rowOf(page, FROZEN)
    .filter({ hasText: /No data arrives|Es kommen keine Daten/ })
    .waitFor();
  return page;
}

test('says in one line what needs attention, with names that lead there', async () => {
  const page = await openWithReasons();
  const truth = page.getByRole('heading', { level: 1 });
  expect(await truth.textContent()).toMatch(/streams? needs? attention/);
  const link = page.getByRole('link', { name: FROZEN, exact: true }).first();
  expect(await link.getAttribute('href')).toContain(`stream=main/${FROZEN}`);
});

test('shows every stream once, what needs attention first, with reason, media, rates and viewers', async () => {
  const page = await openWithReasons();
  const all = await names(page);
  expect(all.toSorted()).toStrictEqual(monitor.simulator.streamNames().toSorted());
  expect(all[0]).toBe(FROZEN);
  const cells = await rowOf(page, 'cam/stage-left').getByRole('cell').allTextContents();
  expect(cells.join(' | ')).toMatch(/Live.*OK.*H264 1920×1080.*\d\.\d+.*\d\.\d+.*2.*ms/);
});

test('totals, the server with its version, the age of the data and that they are simulated', async () => {
  const page = await openWithReasons();
  const totals = page.getByRole('region', { name: 'Totals' });
  expect(await totals.textContent()).toMatch(/of 12.*Viewers\s*20/s);
  expect(await page.getByText('v1.20.1').first().isVisible()).toBe(true);
  expect(await page.getByText('Simulated', { exact: true }).isVisible()).toBe(true);
  expect(await page.getByText(/^Data [\d.]+ s old$/).isVisible()).toBe(true);
});

test('news comes by itself', async () => {
  const { page } = await open(url);
  const cell = rowOf(page, 'studio-1').getByRole('cell');
  await cell.first().waitFor();
  const before = await cell.allTextContents();
  await eventually(async () => {
    expect(await cell.allTextContents()).not.toStrictEqual(before);
  });
});

describe('a view is a link', () => {
  test('search narrows as it is typed, and stands in the URL', async () => {
    const { page } = await open(url);
    await page.getByRole('searchbox').fill('CAM/');
    await eventually(async () => {
      expect(await names(page)).toHaveLength(3);
    });
    expect(new URL(page.url()).searchParams.get('q')).toBe('CAM/');
    expect(await page.getByText('3 of 12 streams').first().isVisible()).toBe(true);
    const { page: other } = await open(page.url().replace(/\/\?.*/, ''), new URL(page.url()).search);
    await rowOf(other, 'cam/crowd').waitFor();
    expect(await names(other)).toHaveLength(3);
    expect(await other.getByRole('searchbox').inputValue()).toBe('CAM/');
  });

  test('filters by state, health and protocol', async () => {
    const page = await openWithReasons();
    await choose(page, 'State', 'Idle');
    await eventually(async () => {
      expect(await names(page)).toStrictEqual(['studio-2']);
    });
    expect(new URL(page.url()).searchParams.get('state')).toBe('idle');
    await page.getByRole('button', { name: 'Show all' }).click();
    await choose(page, 'Health', 'Critical');
    await eventually(async () => {
      expect(await names(page)).toContain(FROZEN);
    });
    expect(await names(page)).not.toContain('studio-1');
    await page.getByRole('button', { name: 'Show all' }).click();
    await choose(page, 'Protocol', 'WebRTC');
    await eventually(async () => {
      expect(await names(page)).toContain(LOSSY);
    });
    expect((await names(page)).length).toBeLessThan(12);
    expect(new URL(page.url()).searchParams.get('protocol')).toMatch(/webrtc/i);
  });

  test('nothing matches: it says so and leads back', async () => {
    const { page } = await open(url, '?q=nothing-is-called-so');
    await page.getByText('No stream matches').waitFor();
    await page.getByRole('button', { name: 'Show all' }).last().click();
    await rowOf(page, 'studio-1').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('sorts by a column, the other way round at the second click', async () => {
    const { page } = await open(url);
    await rowOf(page, 'studio-1').waitFor();
    await sortBy(page, 'Stream');
    const ascending = await names(page);
    expect(ascending).toStrictEqual(ascending.toSorted());
    await sortBy(page, 'Stream');
    expect(await names(page)).toStrictEqual(ascending.toReversed());
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-name');
    const { page: other } = await open(url, '?sort=-name');
    await rowOf(other, 'studio-1').waitFor();
    expect(await names(other)).toStrictEqual(ascending.toReversed());
  });

  test('what a link holds that isn’t known is passed over', async () => {
    const { page } = await open(url, '?view=nonsense&state=,live,,odd&sort=%00&server=..%2f&lang=xx&q=');
    await rowOf(page, 'studio-1').waitFor();
    expect(await names(page)).not.toContain('studio-2');
  });
});

describe('languages', () => {
  test('German where the browser is, with numbers as German writes them', async () => {
    const page = await openWithReasons('', { locale: 'de-DE' });
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/gestört/);
    const cells = await rowOf(page, 'studio-1').getByRole('cell').allTextContents();
    expect(cells.join(' ')).toMatch(/\d,\d/);
    expect(cells.join(' ')).not.toMatch(/\d\.\d/);
  });

  test('can be switched, and stays switched', async () => {
    const { page } = await open(url);
    await rowOf(page, 'studio-1').waitFor();
    await page.getByLabel('Settings').click();
    await page.getByText('Deutsch', { exact: true }).click();
    await page.getByLabel('Einstellungen').waitFor();
    await page.reload();
    await page.getByLabel('Einstellungen').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });
});
