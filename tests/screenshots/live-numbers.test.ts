/**
 * Takes pictures of what moves: of a simulated fleet that was looked at for a while, so that its lines have some length.
 * The numbers are simulated, as the pictures say themselves.
 */
import { beforeAll, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { show } from '../../bench/src/dashboard/show.ts';
import { open } from '../browser/support/open.ts';
import { isWanted, take } from './support/camera.ts';
import { SCREENS } from './support/screens.ts';
import {
  FROZEN_STREAM,
  LONG_NAME,
  LOSSY_STREAM,
  startEmptyMonitor,
  startSimulatedFleet,
} from './support/simulated-fleet.ts';

/** Time in which health is judged and lines get some length, in ms. */
const FILL_MS = 60_000;

interface Scene {
  readonly name: string;
  /** The URL's query: the view. */
  readonly query: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const SCENES: readonly Scene[] = [
  { name: 'simulated overview', query: '' },
  { name: 'simulated groups', query: '?group=1' },
  { name: 'simulated cards', query: '?view=cards' },
  { name: 'simulated wall', query: '?view=wall' },
  { name: 'simulated kiosk', query: '?kiosk' },
  { name: 'simulated stream losing', query: `?stream=main/${LOSSY_STREAM}` },
  { name: 'simulated stream stalled', query: `?stream=main/${FROZEN_STREAM}` },
  { name: 'simulated stream idle', query: '?stream=main/studio-2' },
  { name: 'simulated long name', query: `?stream=main/${LONG_NAME}` },
  { name: 'simulated servers', query: '?view=servers' },
  { name: 'simulated settings', query: '', prepare: (page) => page.locator('header details').last().click() },
  // The picture stays, and gets old.
  {
    name: 'simulated connection lost',
    query: '',
    prepare: async (page) => {
      await page.context().setOffline(true);
      await delay(12_000);
    },
  },
];

let url: string;
let emptyUrl: string;

beforeAll(async () => {
  url = await startSimulatedFleet();
  emptyUrl = await startEmptyMonitor();
});

test.each(SCREENS)('$label', async ({ label, options }) => {
  if (isWanted('simulated nothing')) {
    const { page } = await open(emptyUrl, '', options);
    await page.locator('main').waitFor();
    await take(page, 'simulated nothing', label);
  }
  const { page, watch } = await open(url, '', options);
  // What the browser itself says of a connection that is lost.
  watch.expect(/ERR_INTERNET_DISCONNECTED|WebSocket connection to/);
  const scenes = SCENES.filter(({ name }) => isWanted(name));
  if (scenes.length > 0) await delay(FILL_MS);
  for (const { name, query, prepare } of scenes) {
    await show(page, query);
    await prepare?.(page);
    await take(page, name, label);
    await page.keyboard.press('Escape');
  }
});
