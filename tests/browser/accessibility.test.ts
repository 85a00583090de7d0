import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violations } from './support/axe.ts';
import { LOOKED_AT } from './support/crowded-fleet.ts';
import { OPERATORS_TOKEN, STALLED, startEventfulMonitor } from './support/eventful-monitor.ts';
import { LAPTOP, open, PHONE } from './support/open.ts';

/** Each view has its time; on a busy machine all of them take long. */
const PATIENCE_MS = 900_000;

interface View {
  readonly name: string;
  readonly path?: string;
  /** What is there once the view is. */
  readonly shown: string;
  /** What is done there; it may be looked at in between. */
  readonly prepare?: (page: Page, look: () => Promise<void>) => Promise<void>;
}

const PAST = 'range=24h';
const CHARTS = '.u-over';
/** Streams as rows, or as cards where the page is narrow. */
const LIST = '.row, .stream-card';
const VIEWS: readonly View[] = [
  { name: 'table', shown: LIST },
  { name: 'groups', path: '?group=1', shown: LIST },
  { name: 'filter menus', shown: LIST, prepare: openMenus },
  { name: 'nothing found', path: '?q=nothing-is-called-so', shown: '.nothing' },
  { name: 'cards', path: '?view=cards', shown: '.stream-card' },
  { name: 'wall', path: '?view=wall', shown: '.tile' },
  { name: 'kiosk', path: '?kiosk', shown: '.board-item' },
  { name: 'kiosk of cards', path: '?kiosk&view=cards', shown: '.board-item' },
  { name: 'kiosk of tiles', path: '?kiosk&view=wall', shown: '.board-item' },
  { name: 'stream, live', path: '?stream=main/state/live', shown: '.verdict' },
  { name: 'stream, in trouble', path: `?stream=main/${LOOKED_AT}`, shown: '.plain-table' },
  { name: 'stream, stalled', path: `?stream=main/${STALLED}`, shown: '.verdict' },
  { name: 'stream, not live', path: '?stream=main/state/missing', shown: '.verdict' },
  { name: 'stream, never seen', path: '?stream=main/never-seen', shown: '.nothing' },
  { name: 'history of a stream', path: `?stream=main/${STALLED}&${PAST}`, shown: CHARTS },
  {
    name: 'history of two',
    path: `?stream=main/${STALLED}&${PAST}&with=main/${LOOKED_AT}`,
    shown: CHARTS,
    prepare: (page) => page.getByText(/^Events in this time: \d/).click(),
  },
  { name: 'history of a server', path: `?view=history&server=main&${PAST}`, shown: CHARTS },
  { name: 'history of a host', path: `?view=history&host=media-1&${PAST}`, shown: CHARTS },
  {
    name: 'timeline',
    path: '?view=timeline',
    shown: '.story',
    prepare: (page) => page.locator('.story summary', { hasText: 'is not reachable' }).click(),
  },
  { name: 'sessions', path: '?view=sessions', shown: '.sessions tbody tr' },
  { name: 'availability', path: '?view=availability', shown: '.report-table tbody tr' },
  {
    name: 'servers',
    path: '?view=servers',
    shown: '.server-rows',
    prepare: (page) => page.getByRole('button', { name: 'Details of main' }).first().click(),
  },
  { name: 'help', path: '?view=help', shown: 'main h3' },
  { name: 'keys', shown: LIST, prepare: (page) => page.keyboard.press('?') },
  { name: 'bell', shown: LIST, prepare: openBell },
  { name: 'status page', path: 'status/tv', shown: 'main' },
];

let url: string;

beforeAll(async () => {
  url = await startEventfulMonitor();
});

/** Each of the menus beside the search, one after the other; on a phone the sheet that has them all. */
async function openMenus(page: Page, look: () => Promise<void>): Promise<void> {
  const sheet = page.getByRole('button', { name: 'Filter', exact: true });
  if (await sheet.isVisible()) return sheet.click();
  const menus = page.getByRole('search').locator('summary').filter({ visible: true });
  const count = await menus.count();
  expect(count).toBeGreaterThan(2);
  for (let index = 0; index < count; index += 1) {
    await menus.nth(index).click();
    await look();
    await page.keyboard.press('Escape');
  }
}

/** The panel of alerts, and in it a form that silences. */
async function openBell(page: Page, look: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: /^Alerts: [1-9]/ }).click();
  const panel = page.getByRole('dialog', { name: 'Alerts' });
  await panel.getByText('Silence …').first().click();
  await panel
    .getByRole('button', { name: /^Until to\w+, 06:00/ })
    .first()
    .waitFor();
  await look();
  await panel.getByText('New silence …').click();
}

test.each([
  ['laptop', { viewport: LAPTOP }],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true }],
] as const)(
  'axe finds nothing in any view, light or dark, and none is too wide: %s',
  async (_screen, screen) => {
    const { page, watch } = await open(url, '', { ...screen, colorScheme: 'light' });
    // What the browser itself says of an answer that refuses.
    watch.expect(/^console: (?:Failed to load resource: .* 401|WebSocket connection to .* failed)/);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      const inTheLight = await violations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const inTheDark = await violations(page, ['color-contrast']);
      await page.emulateMedia({ colorScheme: 'light' });
      found.push(...[...inTheLight, ...inTheDark].map((violation) => `${name}: ${violation}`));
      const widthPx = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (widthPx > screen.viewport.width) found.push(`${name}: is ${widthPx} px wide`);
    };
    await page.getByLabel('Token').waitFor();
    await look('sign-in');
    await page.goto(`${url}/#token=${OPERATORS_TOKEN}`);
    await page.getByRole('region', { name: 'Token of the link' }).waitFor();
    await look('a link with a token');
    await page.getByRole('button', { name: 'Use the link’s token' }).click();
    await page.locator(LIST).filter({ visible: true }).first().waitFor();
    for (const { name, path = '', shown, prepare } of VIEWS) {
      await page.goto(`${url}/${path}`);
      await page.locator(shown).filter({ visible: true }).first().waitFor();
      await prepare?.(page, () => look(name));
      await look(name);
    }
    expect(found).toStrictEqual([]);
  },
  PATIENCE_MS,
);
