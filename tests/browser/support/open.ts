import type { BrowserContextOptions, Page } from 'playwright-core';
import { atEnd } from './at-end.ts';
import { browser } from './chromium.ts';
import { Watch } from './watch.ts';

/** Time for what a page should do; generous, since tests run on busy machines. */
const PATIENCE_MS = 50_000;

export const LAPTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** A page of the dashboard, and what it must not do. */
export interface Opened {
  readonly page: Page;
  readonly watch: Watch;
}

/**
 * Opens the dashboard in a browser profile of its own. At the end of the test it must not have broken its policy,
 * written an error to the console, or asked any other host for anything.
 * @param query of the URL: the view
 */
export async function open(url: string, query = '', options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await (
    await browser()
  ).newContext({
    viewport: LAPTOP,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const watch = new Watch(url);
  await watch.over(context);
  atEnd(async () => {
    await context.close();
    watch.expectClean();
  });
  const page = await context.newPage();
  await page.goto(`${url}/${query}`);
  return { page, watch };
}
