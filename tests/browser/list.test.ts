import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Locator, Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { type WholeMonitor, startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';

/** Loses packets, so it has a reason, a round-trip time and a loss, and viewers. */
const LOSSY = 'remote/harbour';

let monitor: WholeMonitor;
let url: string;

beforeAll(async () => {
  monitor = await startMonitor();
  ({ url } = monitor.api);
  atEndOfFile(monitor.stop);
  monitor.simulator.setLinkLoss(LOSSY, 6);
});

function heading(page: Page) {
  return page.getByRole('heading', { level: 2, name: LOSSY });
}

/** Where a cell is once it stays there: a list that has just come back is scrolled to where it was. */
async function settledBox(cell: Locator): Promise<Awaited<ReturnType<Locator['boundingBox']>>> {
  let box = await cell.boundingBox();
  return eventually(async () => {
    const before = box;
    box = await cell.boundingBox();
    expect(box).toStrictEqual(before);
    return box;
  });
}

describe.each([
  ['row', '', '.row', ['.col-health [title]', '.col-media', '.col-rtt', '.col-loss', 'time']],
  ['card', '?view=cards', '.stream-card', ['.stream-card-health [title]', 'time']],
])('what a %s tells on hover', (_what, query, list, titled) => {
  test('can be pointed at, and leads to the stream as the rest of it does', async () => {
    const { page } = await open(url, query);
    const item = page.locator(list, { has: page.getByRole('link', { name: LOSSY, exact: true }) });
    await item.getByText('lost on the link').first().waitFor();
    for (const selector of titled) {
      const cell = item.locator(selector).first();
      const box = await settledBox(cell);
      const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
      const title = `document.elementFromPoint(${x}, ${y})?.closest('[title]')?.getAttribute('title')`;
      expect([selector, await page.evaluate(title)]).toStrictEqual([
        selector,
        await cell.getAttribute('title'),
      ]);
      await page.mouse.click(x, y);
      await heading(page).waitFor();
      await page.goBack();
      await item.waitFor();
    }
  });
});

test.each<[string, Parameters<Locator['click']>[0]]>([
  ['the middle button', { button: 'middle' }],
  ['Ctrl', { modifiers: ['Control'] }],
])('with %s, a row opens its stream in a new tab wherever it is clicked', async (_what, how) => {
  const { page } = await open(url, '?sort=name');
  const row = page.locator('.row', { has: page.getByRole('link', { name: LOSSY, exact: true }) });
  for (const selector of ['.col-state', 'time']) {
    // The link lies above the cell.
    const click = row.locator(selector).click({ ...how, force: true });
    const [tab] = await Promise.all([page.context().waitForEvent('page'), click]);
    await heading(tab).waitFor();
    await tab.close();
  }
  expect(await heading(page).count()).toBe(0);
});
