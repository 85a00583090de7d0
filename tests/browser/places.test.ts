import { beforeAll, expect, test } from '@jest/globals';
import { eventually, streamRecord, testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { headOf, TestPublisher } from '../../services/api/test/publisher.ts';
import { atEndOfFile } from './support/at-end.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';

const STREAMS = 400;

let api: ApiOfTest;

beforeAll(async () => {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  api = await startApi(redis);
  atEndOfFile(api.stop);
  const now = new Date().toISOString();
  await publisher.publish(
    headOf({ collectedAt: now, publishedAt: now, intervalMs: 3_600_000 }),
    Array.from({ length: STREAMS }, (_, index) => streamRecord({ name: `cam${index}`, since: now })),
  );
});

function link(page: Page, name: string) {
  return page.getByRole('main').getByRole('link', { name, exact: true });
}

/** Scrolls the list on by so many screens. */
async function scroll(page: Page, screens: number): Promise<void> {
  await page.evaluate(`(() => {
    const { scrollTop, clientHeight } = document.getElementById('content');
    document.getElementById('content').scrollTop = scrollTop + ${screens} * clientHeight;
  })()`);
}

function scrolled(page: Page): Promise<number> {
  return page.evaluate<number>("document.getElementById('content').scrollTop");
}

test.each([
  ['table', '?sort=name', {}],
  ['cards', '?sort=name&view=cards', {}],
  ['cards on a phone', '?sort=name&view=cards', { viewport: PHONE, isMobile: true, hasTouch: true }],
])('%s: a stream’s page begins at its top, the list is found again where it was left', async (...given) => {
  const [, query, options] = given;
  const { page } = await open(api.url, query, options);
  await link(page, 'cam0').waitFor();
  await scroll(page, 6);
  await eventually(async () => {
    expect(await link(page, 'cam0').count()).toBe(0);
  });
  const left = await scrolled(page);
  const name = await page.evaluate<string>(`Array.from(document.querySelectorAll('[data-key]'))
    .find((row) => row.getBoundingClientRect().top > innerHeight / 2)
    .querySelector('a').textContent`);
  await link(page, name).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
  expect(await scrolled(page)).toBe(0);
  expect(await page.evaluate('document.activeElement.id')).toBe('content');
  for (const back of [() => page.goBack(), () => page.getByRole('link', { name: 'All streams' }).click()]) {
    await back();
    await link(page, name).waitFor();
    expect(await scrolled(page)).toBe(left);
    expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name }).waitFor();
    expect(await scrolled(page)).toBe(0);
  }
});

test.each([
  ['lines', '?kiosk', '.board-item'],
  ['cards', '?kiosk&view=cards', '.board-item'],
  ['tiles', '?kiosk&view=wall&tiles=4x3', '.board-item'],
])(
  'a screen on the wall, %s: as many as fit, which part of all that is, nothing to click',
  async (...given) => {
    const [, query, item] = given;
    const { page } = await open(api.url, query);
    const position = page.getByText(new RegExp(`^1–\\d+ of ${STREAMS}$`));
    await position.waitFor();
    const shown = page.locator(item);
    const count = await shown.count();
    expect(count).toBeGreaterThan(10);
    expect(await position.innerText()).toBe(`1–${count} of ${STREAMS}`);
    const lastBox = await shown.last().boundingBox();
    const positionBox = await position.boundingBox();
    expect((lastBox?.y ?? NaN) + (lastBox?.height ?? NaN)).toBeLessThanOrEqual(positionBox?.y ?? 0);
    expect(await page.evaluate("document.getElementById('content').scrollHeight")).toBe(
      await page.evaluate("document.getElementById('content').clientHeight"),
    );
    await page.mouse.click((lastBox?.x ?? 0) + 50, (lastBox?.y ?? 0) + 10);
    expect(new URL(page.url()).searchParams.has('stream')).toBe(false);
    expect(await shown.count()).toBe(count);
  },
);

test('a list that is sorted otherwise begins at its top, and the focus stays on its head', async () => {
  const { page } = await open(api.url, '?sort=name');
  await link(page, 'cam0').waitFor();
  await scroll(page, 3);
  await page.getByRole('columnheader', { name: 'Stream' }).getByRole('button').click();
  await link(page, `cam${STREAMS - 1}`).waitFor();
  expect(await scrolled(page)).toBe(0);
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Stream');
});
