import type { Browser, Page } from 'playwright-core';
import { type Kept, Meter } from './meter.ts';
import { CONTEXT, PATIENCE_MS } from './open.ts';
import { readersAt } from './traffic.ts';

/**
 * Gives the page a function that resolves when it shows the next tick, looked for with each picture. What is run in the
 * page each time is always the same text: each new one would stay on its heap. Readers of a server stand in what its row
 * opens.
 */
const COUNT_TICKS = `{
  let tick = 0;
  globalThis.untilNextTick = () => new Promise((done) => {
    tick += 1;
    const text = new Intl.NumberFormat('en-GB').format(${readersAt(0)} + tick);
    const look = () => {
      document.querySelector('.server-open[aria-expanded=false]')?.click();
      if (document.body.textContent.includes(text)) done();
      else requestAnimationFrame(look);
    };
    look();
  });
}`;

const CHARTS = /\/uPlot[^/]*\.js$/;

/** A page that stays open, and what it keeps. */
export class Watcher {
  readonly page: Page;
  readonly #meter: Meter;

  private constructor(page: Page, meter: Meter) {
    this.page = page;
    this.#meter = meter;
  }

  /** Opens a view in a profile of its own. @param query with its `?` */
  static async open(browser: Browser, url: string, query: string): Promise<Watcher> {
    const context = await browser.newContext(CONTEXT);
    await context.addInitScript(COUNT_TICKS);
    const page = await context.newPage();
    // What draws charts is loaded by each page some seconds after its rows: it is no growth.
    const charts = page.waitForResponse(CHARTS, { timeout: PATIENCE_MS });
    await page.goto(`${url}/${query}`);
    await charts;
    return new Watcher(page, await Meter.of(browser, page));
  }

  /** Resolves when the page shows the next tick; the first is 1. */
  async showsNextTick(): Promise<void> {
    await this.page.evaluate('untilNextTick()');
  }

  kept(): Promise<Kept> {
    return this.#meter.kept();
  }
}
