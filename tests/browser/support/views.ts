import type { Page } from 'playwright-core';
import { LOOKED_AT } from './crowded-fleet.ts';
import { STALLED } from './eventful-monitor.ts';

/** What the dashboard of an eventful monitor can show. */
export interface DashboardView {
  readonly name: string;
  /** Below the monitor's address, as in `?view=wall`. */
  readonly path?: string;
  /** What is there once the view is. */
  readonly shown: string;
  /** What is done there, whatever the language; it may be looked at in between. */
  readonly prepare?: (page: Page, look: () => Promise<void>) => Promise<void>;
}

const PAST = 'range=24h';
const CHARTS = '.u-over';
/** Streams as rows, or as cards where the page is narrow. */
export const LIST = '.row, .stream-card';

/** All of them, but for the page that asks for a token. */
export const VIEWS: readonly DashboardView[] = [
  { name: 'table', shown: LIST },
  { name: 'groups', path: '?group=1', shown: LIST },
  { name: 'filter menus', shown: LIST, prepare: openMenus },
  { name: 'nothing found', path: '?q=nothing-is-called-so', shown: '.nothing' },
  { name: 'cards', path: '?view=cards', shown: '.stream-card' },
  { name: 'wall', path: '?view=wall', shown: '.tile' },
  { name: 'kiosk', path: '?kiosk', shown: '.board-item' },
  { name: 'kiosk of cards', path: '?kiosk&view=cards', shown: '.board-item' },
  { name: 'kiosk of tiles', path: '?kiosk&view=wall', shown: '.board-item' },
  { name: 'stream live', path: '?stream=main/state/live', shown: '.verdict' },
  { name: 'stream in trouble', path: `?stream=main/${LOOKED_AT}`, shown: '.plain-table' },
  { name: 'stream stalled', path: `?stream=main/${STALLED}`, shown: '.verdict' },
  { name: 'stream not live', path: '?stream=main/state/missing', shown: '.verdict' },
  { name: 'stream never seen', path: '?stream=main/never-seen', shown: '.nothing' },
  { name: 'history of a stream', path: `?stream=main/${STALLED}&${PAST}`, shown: CHARTS },
  {
    name: 'history of two',
    path: `?stream=main/${STALLED}&${PAST}&with=main/${LOOKED_AT}`,
    shown: CHARTS,
    prepare: async (page) => {
      await page.locator('.past-events summary').click();
      await page.locator('.past-events tbody tr').first().waitFor();
    },
  },
  { name: 'history of a server', path: `?view=history&server=main&${PAST}`, shown: CHARTS },
  { name: 'history of a host', path: `?view=history&host=media-1&${PAST}`, shown: CHARTS },
  {
    name: 'timeline',
    path: '?view=timeline',
    shown: '.story',
    prepare: (page) => page.locator('.story summary:has(.story-count)').first().click(),
  },
  { name: 'sessions', path: '?view=sessions', shown: '.sessions tbody tr' },
  { name: 'availability', path: '?view=availability', shown: '.report-table tbody tr' },
  {
    name: 'servers',
    path: '?view=servers',
    shown: '.server-rows',
    prepare: (page) => page.locator('.server-open').first().click(),
  },
  { name: 'help', path: '?view=help', shown: 'main h3' },
  { name: 'keys', shown: LIST, prepare: (page) => page.keyboard.press('?') },
  { name: 'bell', shown: LIST, prepare: openBell },
  { name: 'status page', path: 'status/tv', shown: 'main' },
];

/** What it can show of a fleet of many servers. */
export const FLEET_VIEWS: readonly DashboardView[] = [
  { name: 'fleet', shown: '.fleet-row' },
  { name: 'fleet, servers of a label', path: '?label=site:north&label=tier:backup', shown: LIST },
  { name: 'fleet, streams found', path: '?q=cam-1', shown: LIST },
  { name: 'fleet on a wall', path: '?view=wall', shown: '.tile' },
  { name: 'fleet on a screen', path: '?kiosk', shown: '.board-item' },
  { name: 'fleet, its servers', path: '?view=servers', shown: '.server-rows' },
];

/** Each of the menus beside the search, one after the other; on a phone the sheet that has them all. */
async function openMenus(page: Page, look: () => Promise<void>): Promise<void> {
  const sheet = page.locator('.filter-open');
  if (await sheet.isVisible()) return sheet.click();
  const menus = page.locator('.filter-bar summary').filter({ visible: true });
  const count = await menus.count();
  if (count <= 2) throw new Error(`there are ${count} menus beside the search`);
  for (let index = 0; index < count; index += 1) {
    await menus.nth(index).click();
    await look();
    await page.keyboard.press('Escape');
  }
}

/** The panel of alerts, and in it a form that silences what fires, and one for anything. */
async function openBell(page: Page, look: () => Promise<void>): Promise<void> {
  await page.locator('.bell:has(.bell-count, .bell-dot)').click();
  const silencing = page.locator('.bell-panel .alert-actions button[aria-expanded=false]');
  await silencing.first().click();
  await page.locator('.bell-panel .silence-ends .button-main').first().waitFor();
  await look();
  await silencing.last().click();
}
