import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

interface ScreenKind {
  /** End of the pictures' names. */
  readonly label: string;
  readonly options: BrowserContextOptions;
}

/** A page on a screen. */
export interface Screen {
  readonly kind: ScreenKind;
  readonly page: Page;
}

const LAPTOP = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** What the dashboard is looked at on. */
export const SCREENS: readonly ScreenKind[] = [
  { label: 'laptop-light', options: { ...LAPTOP, colorScheme: 'light' } },
  { label: 'laptop-dark', options: { ...LAPTOP, colorScheme: 'dark' } },
  { label: 'phone-light', options: { ...PHONE, colorScheme: 'light' } },
  { label: 'phone-dark', options: { ...PHONE, colorScheme: 'dark' } },
];

/** Opens a page in a browser profile of its own. */
export async function openScreen(browser: Browser, kind: ScreenKind, url: string): Promise<Screen> {
  const context = await browser.newContext({ ...kind.options, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(url);
  return { kind, page };
}
