import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Page } from 'puppeteer-core';
import { OPERATORS_TOKEN, STALLED, startEventfulMonitor } from './support/eventful-monitor.ts';
import { click, openFirefox } from './support/firefox.ts';

/** Without it make test-browser says that these are skipped. */
const FIREFOX_BIN = process.env['FIREFOX_BIN'];

(FIREFOX_BIN === undefined ? describe.skip : describe)('in Firefox', () => {
  let url: string;
  let page: Page;
  let problems: readonly string[];

  beforeAll(async () => {
    url = await startEventfulMonitor();
    ({ page, problems } = await openFirefox(FIREFOX_BIN ?? ''));
  });

  /** Opens a view. */
  async function show(query: string): Promise<void> {
    await page.goto(`${url}/${query}`, { waitUntil: 'domcontentloaded' });
  }

  /** Waits until one that is selected has such a text. */
  function reads(selector: string, text: RegExp): Promise<void> {
    return eventually(async () => {
      const texts: unknown = await page.evaluate(
        `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`,
      );
      expect(texts).toContainEqual(expect.stringMatching(text));
    });
  }

  test('who signs in sees rows, and finds a stream by its name', async () => {
    await show('?theme=dark');
    await page.locator('input[type=password]').fill(OPERATORS_TOKEN);
    await click(page, 'button', 'Sign in');
    await reads('tr.row', /state\/live/);
    await page.locator('input[type=search]').fill(STALLED);
    await eventually(async () => {
      expect(await page.$$('tr.row')).toHaveLength(1);
    });
    await click(page, 'link', STALLED);
    await reads('.verdict', /No data arrives/);
    await reads('.chain', /From the publisher to the viewers/);
  });

  test('the last day of a stream is drawn, with its events, and leads back', async () => {
    await click(page, 'link', '24 h');
    await reads('.past-shown', /each point 5 min/);
    await reads('.lanes', /./);
    const isDrawn = `[...document.querySelectorAll('.u-wrap canvas')].some((canvas) =>
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0))`;
    await eventually(async () => {
      expect(await page.evaluate(isDrawn)).toBe(true);
    });
    await click(page, 'link', 'Back to live');
    await reads('.verdict', /No data arrives/);
  });

  test('the timeline tells a night as a story', async () => {
    await show('?view=timeline&q=van');
    await reads('.story', /van-7.*off air, publisher’s connection closed.*back, gap 49 s/);
    await page.locator('.story summary').click();
    await reads('.story details[open]', /\d\d:\d\d:\d\d/);
  });

  test('an alert is silenced until six', async () => {
    await page.locator('.bell').click();
    await click(page, 'button', 'Silence …');
    await page.locator('.silence-ends button:nth-of-type(2)').click();
    await reads('dialog', /Silenced by ops until/);
    await page.keyboard.press('Escape');
  });

  test('the wall has tiles, which nothing plays by itself', async () => {
    await show('?view=wall');
    await reads('.tile', /reason\/not-live/);
    expect(await page.$$('.tile video:not([hidden])')).toHaveLength(0);
  });

  test('speaks German when told so, and keeps that', async () => {
    await show('');
    await page.locator('[aria-label=Settings]').click();
    await click(page, 'radio', 'Deutsch');
    await reads('tr.row', /Stockt/);
    await page.reload({ waitUntil: 'domcontentloaded' });
    await reads('tr.row', /Stockt/);
  });

  test('all that without an error of a script or in the console', () => {
    // What the browser itself says before the token is there.
    expect(problems.filter((problem) => !/401|can’t establish a connection/.test(problem))).toStrictEqual([]);
  });
});
