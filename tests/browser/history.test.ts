import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { rememberDay, type RememberedDay } from './support/past.ts';
import { rowOf } from './support/table.ts';

const LOSSY = 'remote/harbour';
const OTHER = 'drone-1';
const DAY = `?stream=main/${LOSSY}&range=24h`;

let url: string;
let day: RememberedDay;

beforeAll(async () => {
  const redis = testRedis();
  day = await rememberDay(redis, [LOSSY, OTHER]);
  const monitor = await startMonitor({ redis });
  ({ url } = monitor.api);
  atEndOfFile(monitor.stop);
});

/** The past that a page shows, once it is known and drawn. */
async function past(page: Page) {
  const section = page.getByRole('region', { name: 'History' });
  await section.getByText(/each point/).waitFor();
  await section.locator('canvas').first().waitFor();
  return section;
}

/** Queries of all that is asked for history. */
function historyAsked(page: Page): URL[] {
  const asked: URL[] = [];
  page.on('request', (request) => {
    if (/\/api\/.*\/history/.test(request.url())) asked.push(new URL(request.url()));
  });
  return asked;
}

/** Where the first grave mark stands in the first chart, on the screen. */
async function placeOf(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  // A pointer reaches only what is on the screen.
  await page.locator('.u-over').first().scrollIntoViewIfNeeded();
  const boxOf = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    if (box === null) throw new Error(`${selector} isn't drawn`);
    return box;
  };
  const [plot, mark, lanes] = [
    await boxOf('.u-over'),
    await boxOf('.event-mark-critical'),
    await boxOf('.lanes'),
  ];
  const share = (mark.x + mark.width / 2 - lanes.x) / lanes.width;
  return { x: plot.x + share * plot.width, y: plot.y + plot.height / 2 };
}

describe('the last day of a stream', () => {
  test('is a click away from what is live, and back', async () => {
    const { page } = await open(url, `?stream=main/${LOSSY}`);
    const times = page.getByRole('navigation', { name: 'Time range' });
    expect(await times.locator('[aria-current]').innerText()).toBe('Live');
    await times.getByRole('link', { name: '24 h' }).click();
    const section = await past(page);
    expect(await section.locator('.past-shown').innerText()).toMatch(
      /^History: 24 h until .* · each point 5 min/,
    );
    await section.getByRole('link', { name: 'Back to live' }).click();
    await page.getByText(/Seen by this page since/).waitFor();
  });

  test('has an outage on its ribbon, in its numbers and as marks that keys lead along', async () => {
    const { page } = await open(url, DAY);
    const section = await past(page);
    await section.getByRole('img', { name: /^State: .*Unknown.*Live.*Off air.*Live/ }).waitFor();
    await section.getByRole('figure', { name: /^In, Mbit\/s: .* 0 to \d/ }).waitFor();
    const marks = section.getByRole('list', { name: 'Events' }).getByRole('button');
    await marks.last().focus();
    await page.keyboard.press('Home');
    await section
      .locator('.pointed')
      .getByText(/started watching|is watching again/)
      .waitFor();
    await page.keyboard.press('ArrowRight');
    await section.locator('.pointed').getByText('stalled: no data').waitFor();
    await section.getByText(/^Events in this time: \d/).click();
    const events = section.getByRole('table', { name: 'Events' });
    expect(await events.innerText()).toMatch(/(?:back|on air)[^]*off air/);
  });

  test('shows what happened under the pointer, and is looked into by drawing over it', async () => {
    const { page } = await open(url, DAY);
    const asked = historyAsked(page);
    const section = await past(page);
    await section.getByRole('list', { name: 'Events' }).getByRole('button').nth(2).waitFor();
    const pointed = section.locator('.pointed').getByText('stalled: no data');
    let place = await placeOf(page);
    await eventually(async () => {
      // What is above may still have moved it.
      place = await placeOf(page);
      await page.mouse.move(place.x - 1, place.y);
      await page.mouse.move(place.x, place.y);
      expect(await pointed.count()).toBe(1);
    });
    const { x, y } = place;
    await page.mouse.move(x - 20, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y, { steps: 4 });
    await page.mouse.up();
    await section.getByRole('button', { name: 'All 24 h' }).waitFor();
    await section.getByText(/each point 30 s/).waitFor();
    const { searchParams } = asked.at(-1) ?? new URL(url);
    const from = Date.parse(searchParams.get('from') ?? '');
    expect(from).toBeLessThan(day.outageMs);
    expect(from).toBeGreaterThan(day.outageMs - 6 * 3_600_000);
    // It stands in the address, so that a link shows it, too.
    expect(new URL(page.url()).searchParams.get('zoom')).toMatch(/Z\/.*Z$/);
    await page.reload();
    await section.getByText(/each point 30 s/).waitFor();
    await section.getByRole('button', { name: 'All 24 h' }).click();
    await section.getByText(/each point 5 min/).waitFor();
  });

  test('is a link to a moment, which is marked', async () => {
    const at = new Date(day.outageMs).toISOString();
    const { page } = await open(url, `?stream=main/${LOSSY}&range=15m&at=${at}`);
    const section = await past(page);
    await section.getByText(/^Marked: /).waitFor();
    await section.getByRole('link', { name: 'Earlier' }).click();
    await eventually(() => {
      const shown = new URL(page.url()).searchParams.get('at') ?? '';
      expect(Date.parse(shown)).toBe(Math.floor((day.outageMs - 900_000) / 1_000) * 1_000);
    });
  });

  test('stands beside that of another one, which is found by its name', async () => {
    const { page } = await open(url, DAY);
    const section = await past(page);
    const field = page.getByLabel('Compare with');
    await field.fill('no such name');
    await field.press('Enter');
    await page.getByText('No stream of that name.').waitFor();
    await field.fill('dron');
    await page.locator(`datalist option[value="${OTHER}"]`).waitFor({ state: 'attached' });
    await field.press('Enter');
    await section.getByRole('figure', { name: new RegExp(`^Viewers: ${LOSSY} .*, ${OTHER} `) }).waitFor();
    expect(new URL(page.url()).searchParams.get('with')).toBe(`main/${OTHER}`);
  });
});

test('server and host have a past as well', async () => {
  const { page } = await open(url, '?view=servers');
  await page.getByRole('button', { name: 'Details of main' }).click();
  await page.getByRole('link', { name: 'History main' }).click();
  const section = await past(page);
  await section.getByRole('figure', { name: /^Live streams: / }).waitFor();
  await page.goto(`${url}/?view=history&host=media-1&range=24h`);
  await (await past(page)).getByRole('figure', { name: /^CPU: CPU \d+ % to \d+ %/ }).waitFor();
});

/** What is drawn below a name. */
function ribbonOf(page: Page, stream: string): Promise<string> {
  return page.evaluate<string>(
    `getComputedStyle(document.querySelector('[data-key="main/${stream}"] th')).backgroundImage`,
  );
}

test('rows have a ribbon of their last day, asked for a few at a time and once', async () => {
  const { page } = await open(url);
  const asked = historyAsked(page);
  await eventually(async () => {
    await rowOf(page, LOSSY).waitFor();
    expect(await ribbonOf(page, LOSSY)).toMatch(/^linear-gradient/);
    expect(await page.locator('.list-legend').innerText()).toContain('its last 24 hours');
  });
  const rows = await page.locator('tr.row').count();
  await eventually(() => {
    expect(asked).toHaveLength(rows);
  });
  expect(new Set(asked.map(({ pathname }) => pathname)).size).toBe(rows);
});

test.each(['?kiosk', '?kiosk&view=cards', '?view=wall'])(
  '%s shows no ribbons, and asks for none',
  async (query) => {
    const { page } = await open(url, query);
    const asked = historyAsked(page);
    await page.locator('.board-item, .tile').first().waitFor();
    // Rows would be asked for when charts can be drawn, at a look each second.
    await page.waitForTimeout(8_000);
    expect(asked).toStrictEqual([]);
  },
);
