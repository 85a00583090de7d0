import type { BrowserContextOptions } from 'playwright-core';

/** What the dashboard is looked at on. */
export interface Screen {
  /** Middle of the pictures' names. */
  readonly label: string;
  readonly options: BrowserContextOptions;
}

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;

/** Four sizes, and the smallest of them in German, whose words are the longest. */
export const SCREENS: readonly Screen[] = [
  { label: '360', options: PHONE },
  { label: '768', options: { viewport: { width: 768, height: 1_024 } } },
  { label: '1280', options: { viewport: { width: 1_280, height: 800 } } },
  { label: '1920', options: { viewport: { width: 1_920, height: 1_080 } } },
  { label: '360-german', options: { ...PHONE, locale: 'de-DE' } },
];
