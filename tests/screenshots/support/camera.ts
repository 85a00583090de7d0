import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = resolve(ROOT, process.env['TO'] ?? 'test-results/screenshots');
/** Time in which a page draws what it got, and what its numbers and colours become has become so, in ms. */
const SETTLE_MS = 700;
/** Longer pages are cut. */
const MAX_HEIGHT_PX = 2_600;

mkdirSync(FOLDER, { recursive: true });

/** Whether pictures of this name are wanted: all, or those whose names begin as `ONLY` says. */
export function isWanted(name: string): boolean {
  return fileName(name).startsWith(process.env['ONLY'] ?? '');
}

/**
 * Takes two pictures, light and dark, of all that a page has to scroll through.
 * @param name what is on them @param screen what it is looked at on
 */
export async function take(page: Page, name: string, screen: string): Promise<void> {
  const size = page.viewportSize();
  const hiddenPx = await page.evaluate<number>(`(() => {
    // What lies above the page has the window's own size.
    if (document.querySelector('dialog[open]') !== null) return 0;
    const content = document.getElementById('content') ?? document.documentElement;
    content.scrollTop = 0;
    const { scrollHeight, clientHeight } = content;
    return scrollHeight - clientHeight;
  })()`);
  if (size !== null && hiddenPx > 0) {
    await page.setViewportSize({ ...size, height: Math.min(size.height + hiddenPx, MAX_HEIGHT_PX) });
  }
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await delay(SETTLE_MS);
    await page.screenshot({ path: join(FOLDER, `${fileName(name)}-${screen}-${theme}.png`) });
  }
  if (size !== null) await page.setViewportSize(size);
}

function fileName(name: string): string {
  return name.replaceAll(' ', '-');
}
