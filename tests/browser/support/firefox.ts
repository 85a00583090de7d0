import puppeteer, { type Page } from 'puppeteer-core';
import { atEndOfFile } from './at-end.ts';
import { LAPTOP } from './open.ts';

/** Time for what a page should do; generous, since tests run on busy machines. */
const PATIENCE_MS = 50_000;

/** A page in a real Firefox, and what went wrong on it. */
export interface FirefoxPage {
  readonly page: Page;
  /** Errors of its scripts and in its console. */
  readonly problems: readonly string[];
}

/** Opens a page in the Firefox that FIREFOX_BIN names, with a profile of its own. */
export async function openFirefox(executablePath: string): Promise<FirefoxPage> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: { 'intl.accept_languages': 'en-GB' },
  });
  atEndOfFile(() => browser.close());
  const page = await browser.newPage();
  await page.setViewport(LAPTOP);
  page.setDefaultTimeout(PATIENCE_MS);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return { page, problems };
}

/** Clicks on what has this role and name, once it is there. */
export async function click(page: Page, role: string, name: string): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
}
