import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { CONTEXT, startBrowser, startRememberedFleet } from './open.ts';

const STREAMS = 100;
const BYTES_PER_KB = 1_000;
/** Until all fields of the records have values, and the browser has started in full. */
const SETTLE_MS = 10_000;

/** When the first rows could be seen: with the picture after the one in which they were found, in ms. */
const FIRST_ROWS = `new Promise((done) => {
  const look = () => {
    const found = document.querySelectorAll('tbody tr').length >= 5;
    requestAnimationFrame(found ? () => done(performance.now()) : look);
  };
  look();
})`;
/** When all that a page names had been loaded, in ms. */
const LOADED = `new Promise((done) => {
  const look = () => {
    const { loadEventEnd } = performance.getEntriesByType('navigation')[0];
    if (loadEventEnd > 0) done(loadEventEnd);
    else requestAnimationFrame(look);
  };
  look();
})`;
/** All scripts that the page has loaded, those of its workers too. */
const SCRIPTS = `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))`;

/** How soon a page that is opened shows rows, beside a page of one line; and what it loads for that. */
export async function benchFirstRows(ending: Ending, { starts }: Pace): Promise<Readings> {
  const url = await startRememberedFleet(ending, STREAMS);
  const browser = await startBrowser(ending);
  await delay(SETTLE_MS);
  await open(browser, url, firstRows);
  const ours: number[] = [];
  const groups: number[] = [];
  const plain: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    ours.push(await open(browser, url, firstRows));
    groups.push(await open(browser, `${url}/?group=1`, firstRows));
    plain.push(await open(browser, `${url}/healthz`, loaded));
  }
  return {
    'page-first': { value: median(ours), beside: median(plain) },
    'page-first-groups': { value: median(groups), beside: median(plain) },
    'page-bytes': { value: await scriptKb(browser, url) },
  };
}

/** Opens an address in a profile of its own, so that nothing is cached. */
async function open<T>(browser: Browser, url: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(CONTEXT);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const result = await measure(page);
  await context.close();
  return result;
}

const firstRows = (page: Page): Promise<number> => page.evaluate<number>(FIRST_ROWS);
const loaded = (page: Page): Promise<number> => page.evaluate<number>(LOADED);

/** What the page has loaded when it shows its first rows. */
function scriptKb(browser: Browser, url: string): Promise<number> {
  return open(browser, url, async (page) => {
    await firstRows(page);
    const scripts = new Set(await page.evaluate<string[]>(SCRIPTS));
    const sizes = await Promise.all(
      [...scripts].map(async (script) => {
        const answer = await fetch(script);
        return gzipSync(new Uint8Array(await answer.arrayBuffer())).length;
      }),
    );
    return sizes.reduce((sum, size) => sum + size, 0) / BYTES_PER_KB;
  });
}
