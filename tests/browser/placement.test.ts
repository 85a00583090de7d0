/** How things stand beside each other that are all there. */
import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { OPERATORS_TOKEN, startEventfulMonitor } from './support/eventful-monitor.ts';
import { open } from './support/open.ts';

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
};
const LEAST_GAP_PX = 14;

let url: string;

beforeAll(async () => {
  url = await startEventfulMonitor();
});

async function openView(query: string, shown: string, options?: BrowserContextOptions): Promise<Page> {
  const { page } = await open(url, 'status/tv', options);
  await page.evaluate(`sessionStorage.setItem('mediamtx-monitor.token', '${OPERATORS_TOKEN}')`);
  await page.goto(`${url}/?${query}`);
  await page.locator(shown).filter({ visible: true }).first().waitFor();
  return page;
}

test('on a phone a part’s number stays in its box', async () => {
  const page = await openView('stream=main/state/live', '.part-number', PHONE);
  const outside = `[...document.querySelectorAll('.part')].flatMap((part) => {
    const number = part.querySelector('.part-number');
    const words = document.createRange();
    words.selectNodeContents(number);
    return words.getBoundingClientRect().right > part.getBoundingClientRect().right ? [number.textContent] : [];
  })`;
  await eventually(async () => {
    expect(await page.evaluate<string[]>(outside)).toStrictEqual([]);
  });
});

test('on a phone the list of events shows that it can be opened', async () => {
  const page = await openView('view=history&server=main&range=24h', '.past-events summary', PHONE);
  const display = `getComputedStyle(document.querySelector('.past-events summary')).display`;
  expect(await page.evaluate(display)).toBe('list-item');
  const box = await page.locator('.past-events summary').boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
});

test('on a phone a stream’s mark stands beside its name, however long that is', async () => {
  const page = await openView('', '.truth-detail a', PHONE);
  const [mark, name] = await page.evaluate<number[]>(`(() => {
    const item = document.querySelector('.truth-detail li');
    item.querySelector('a').textContent = 'main / events/2026/stadium-north/grandstand/camera-17';
    return ['.mark', 'a'].map((part) => {
      const { top, bottom } = item.querySelector(part).getBoundingClientRect();
      return (top + bottom) / 2;
    });
  })()`);
  expect(mark).toBeCloseTo(name ?? NaN, -1);
});

test('on a phone the button that opens outages stands beside the stream’s name', async () => {
  const page = await openView('view=availability', 'button.report-name', PHONE);
  const button = page.locator('button.report-name').first();
  const [icon, name] = await Promise.all([
    button.locator('.icon').boundingBox(),
    button.locator('bdi').boundingBox(),
  ]);
  const middle = (box: typeof icon): number => (box === null ? NaN : box.y + box.height / 2);
  expect(Math.abs(middle(icon) - middle(name))).toBeLessThan(3);
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
});

// Of `–` the words for those who hear it would be measured, too.
test('in the report two numbers side by side aren’t read as one', async () => {
  const page = await openView('view=availability', 'button.report-name', {
    viewport: { width: 1_280, height: 800 },
  });
  const gaps = await page.evaluate<
    number[]
  >(`[...document.querySelectorAll('.report-table tbody tr')].flatMap((row) => {
    const boxes = [...row.querySelectorAll('td')].filter((cell) => cell.querySelector('.visually-hidden') === null && cell.textContent !== '').map((cell) => {
      const words = document.createRange();
      words.selectNodeContents(cell);
      return words.getBoundingClientRect();
    });
    return boxes.slice(1).map(({ left }, index) => left - boxes[index].right);
  })`);
  expect(gaps.length).toBeGreaterThan(7);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(LEAST_GAP_PX);
});

test('what is critical stands out no less than what is a warning', async () => {
  const page = await openView('', '.row .words-critical', { viewport: { width: 1_280, height: 800 } });
  const looks = await page.evaluate<
    string[][]
  >(`['.words-critical', '.words-warning', '.col-stream'].map((part) => {
    const { color, fontWeight } = getComputedStyle(document.querySelector('.row ' + part));
    return [color, fontWeight];
  })`);
  const [critical, warning, plain] = looks;
  expect(critical?.[1]).toBe(warning?.[1]);
  expect(new Set([critical, warning, plain].map((look) => look?.[0])).size).toBe(3);
});

test('below the numbers of a server the link to its history stands apart, as below those of its host', async () => {
  const page = await openView('view=servers', '.server-open', { viewport: { width: 1_280, height: 800 } });
  await page.locator('.server-open').first().click();
  await page.locator('.server-more p a').first().waitFor();
  const gaps = await page.evaluate<number[]>(`[...document.querySelectorAll('.server-more p:has(> a)')].map(
    (link) => link.getBoundingClientRect().top - link.previousElementSibling.getBoundingClientRect().bottom,
  )`);
  expect(gaps).toHaveLength(2);
  expect(gaps[0]).toBeCloseTo(gaps[1] ?? NaN, 0);
});
