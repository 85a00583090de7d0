import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { atEndOfFile } from './support/at-end.ts';
import { LOOKED_AT, publishCrowdedFleet } from './support/crowded-fleet.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open } from './support/open.ts';

const WIDTHS_PX = [360, 390, 768, 1366, 1920];
const LANGUAGES = ['en', 'de'];
const VIEWS: readonly (readonly [query: string, shown: string])[] = [
  ['', '.row, .stream-card'],
  ['view=cards', '.stream-card'],
  ['group=1', '.row, .group-card'],
  ['columns=viewers,since,health', '.row, .stream-card'],
  ['group=2&view=cards', '.group-card'],
  ['view=wall', '.tile'],
  ['kiosk=1', '.board-item'],
  ['kiosk=1&view=cards', '.board-item'],
  ['kiosk=1&view=wall&tiles=5x4', '.board-item'],
  ['view=servers', '.server-rows'],
  ['view=timeline', '.story-list'],
  ['view=sessions', '.past > .muted'],
  ['view=availability', '.report-table, .report > .muted'],
  [`stream=main/${LOOKED_AT}`, '.plain-table'],
  ['stream=main/never-seen', '.nothing'],
];
const apis = new Map<string, ApiOfTest>();

beforeAll(async () => {
  for (const servers of [['main'], ['main', 'north-studio']]) {
    const redis = testRedis();
    await publishCrowdedFleet(redis, servers);
    const api = await startApi(redis);
    atEndOfFile(api.stop);
    apis.set(String(servers.length), api);
  }
});

/**
 * Texts that are cut: what stands beyond an edge that hides it, or beyond the window. A list that scrolls sideways hides
 * nothing. What is shortened on purpose tells all of itself on hover, which phones don't have: there only the name of a
 * stream may be, which stands whole on its page.
 */
const CUT = `(() => {
  const cut = new Set();
  const whole = matchMedia('(hover: none)').matches ? 'a[title]' : '[title]';
  const passed = '.visually-hidden, .by-protocol, [aria-hidden=true], option, .skip, .menu:not([open]) > .panel, ' + whole;
  const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const text = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (text === '' || element.closest(passed) !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const isOut = ({ left, right, top, bottom }) =>
      box.right > right + 1 || box.left < left - 1 || box.bottom > bottom + 2 || box.top < top - 2;
    let isFloating = false;
    for (let at = element; at !== null && at.id !== 'content'; at = at.parentElement) {
      const { overflowX, position, clipPath } = getComputedStyle(at);
      if (clipPath !== 'none' || /auto|scroll/.test(overflowX)) break;
      if (isFloating && position === 'static') continue;
      isFloating = /absolute|fixed/.test(position);
      if (overflowX === 'visible' || !isOut(at.getBoundingClientRect())) continue;
      cut.add(text.slice(0, 60) + ' in ' + at.className);
      break;
    }
    if (element.closest('.scroll-sideways') === null) {
      if (isOut({ left: 0, right: innerWidth, top: -1e6, bottom: 1e6 })) cut.add(text.slice(0, 60) + ' beyond the window');
    }
  }
  return [...cut];
})()`;

/** Every 64 px from where there is a table to a large screen. */
const TABLE_WIDTHS_PX = Array.from({ length: 19 }, (_, index) => 768 + 64 * index);
const LEAST_NAME_PX = 160;

test('however wide a table is, its names have room', async () => {
  const { page } = await open(apis.get('1')?.url ?? '', '', { viewport: { width: 768, height: 900 } });
  await page.locator('.row').first().waitFor();
  const narrow: string[] = [];
  for (const width of TABLE_WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    const box = await page.locator('thead .col-stream').boundingBox();
    if (box === null || box.width < LEAST_NAME_PX) narrow.push(`${width}: ${box?.width ?? 0}`);
  }
  expect(narrow).toStrictEqual([]);
});

/** Names that are cut while what stands before them still has room to give, in px. */
const CUT_TOO_EARLY = `[...document.querySelectorAll('.cut-name')].flatMap((name) => {
  const [prefix, head] = ['.cut-prefix', '.cut-head'].map((part) => name.querySelector(part));
  if (prefix === null || name.getBoundingClientRect().width === 0) return [];
  const room = prefix.getBoundingClientRect().width - parseFloat(getComputedStyle(prefix).minWidth);
  const words = document.createRange();
  words.selectNodeContents(head);
  const cut = words.getBoundingClientRect().width - head.getBoundingClientRect().width;
  return room > 1 && cut > 0 ? [name.textContent + ' by ' + cut] : [];
})`;

test.each(['', 'kiosk', 'kiosk&view=wall', 'view=cards', 'view=wall'])(
  '%s: a name is whole as long as what it begins with can be cut',
  async (query) => {
    const url = apis.get('2')?.url ?? '';
    const { page } = await open(url, `?${query}`, { viewport: { width: 1_920, height: 1_080 } });
    await page.locator('.cut-name').filter({ visible: true }).first().waitFor();
    for (const width of [1_920, 1_280, 1_024]) {
      await page.setViewportSize({ width, height: 1_080 });
      await eventually(async () => {
        expect(await page.evaluate<string[]>(CUT_TOO_EARLY)).toStrictEqual([]);
      }, 5_000);
    }
  },
);

describe.each(['1', '2'])('servers: %s', (servers) => {
  describe.each(WIDTHS_PX)('%i px wide', (width) => {
    test.each(LANGUAGES)('no text is cut in any view: %s', async (lang) => {
      const isPhone = width < 500;
      const url = apis.get(servers)?.url ?? '';
      const { page } = await open(url, '', {
        viewport: { width, height: isPhone ? 844 : 900 },
        ...(isPhone && { isMobile: true, hasTouch: true }),
      });
      for (const [view, shown] of VIEWS) {
        await page.goto(`${url}/?${view}&lang=${lang}`);
        await page.locator(shown).filter({ visible: true }).first().waitFor();
        await eventually(async () => {
          expect([view, ...(await page.evaluate<string[]>(CUT))]).toStrictEqual([view]);
        });
      }
    });
  });
});
