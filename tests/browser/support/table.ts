import type { Locator, Page } from 'playwright-core';

function table(page: Page): Locator {
  return page.getByRole('table', { name: /^Streams$/ });
}

/** The row of a stream, by its exact name. */
export function rowOf(page: Page, stream: string): Locator {
  return table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: stream, exact: true }) });
}

/** The card of a stream, by its exact name: on a phone the list has no rows. */
export function cardOf(page: Page, stream: string): Locator {
  return page
    .getByRole('list', { name: /^Streams$/ })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: stream, exact: true }) });
}

/** Names of the streams that have cards, from top to bottom. */
export async function namesOfCards(page: Page): Promise<string[]> {
  const links = await page
    .getByRole('list', { name: /^Streams$/ })
    .getByRole('link')
    .allTextContents();
  return links.map((name) => name.trim());
}

/** Names of the streams that are shown, from top to bottom. */
export async function names(page: Page): Promise<string[]> {
  const links = await table(page).getByRole('rowheader').getByRole('link').allTextContents();
  return links.map((name) => name.trim());
}

/** Clicks on a column's head. */
export async function sortBy(page: Page, column: string): Promise<void> {
  await table(page).getByRole('columnheader', { name: column }).getByRole('button').click();
}

/** Opens a filter's menu, chooses something and closes it. */
export async function choose(page: Page, filter: string, choice: string): Promise<void> {
  await page.getByRole('search').locator('summary', { hasText: filter }).click();
  await page.getByRole('checkbox', { name: choice, exact: true }).check();
  await page.keyboard.press('Escape');
}
