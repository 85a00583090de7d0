import type { Page } from 'playwright-core';

/** Goes to another view of the dashboard as its links do, without loading it anew. @param query with its `?` */
export async function show(page: Page, query: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(`/${query}`)})`);
  await page.evaluate(`dispatchEvent(new PopStateEvent('popstate'))`);
}
