/**
 * Takes pictures of every scene of the dashboard, dark and light, laptop and phone. The numbers on them are
 * simulated, as they say themselves.
 * usage: main.js <folder> [<beginning of the scenes' names>]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startBrowser } from '../dashboard/open.ts';
import { show } from '../dashboard/show.ts';
import { print } from '../print.ts';
import { Ending } from '../rig/ending.ts';
import { startFleets } from './fleets.ts';
import { type Screen, SCREENS, openScreen } from './screens.ts';
import { type Scene, SCENES } from './scenes.ts';

/** Time in which health is judged and lines get some length, in ms. */
const FILL_MS = 90_000;
/** Time in which a page gets its first numbers and draws them, in ms. */
const SETTLE_MS = 4_000;

const [, , folder = '', beginning = ''] = process.argv;
if (folder === '') throw new Error('usage: main.js <folder> [<beginning of the scenes’ names>]');
mkdirSync(folder, { recursive: true });
const ending = new Ending();
try {
  const urls = await startFleets(ending);
  const browser = await startBrowser(ending);
  const watching = await Promise.all(SCREENS.map((kind) => openScreen(browser, kind, urls.busy)));
  await delay(FILL_MS);
  for (const scene of SCENES.filter(({ name }) => name.startsWith(beginning))) {
    for (const screen of watching) {
      if (scene.fleet === 'busy') await take(scene, screen);
      else await takeAnew(scene, await openScreen(browser, screen.kind, urls[scene.fleet]));
    }
  }
} finally {
  await ending.run();
}

/** Shows a scene on a page that has watched the fleet for a while, so that its lines have some length. */
async function take({ name, query, prepare }: Scene, { kind, page }: Screen): Promise<void> {
  await show(page, query);
  await delay(SETTLE_MS);
  await prepare?.(page);
  const path = join(folder, `${name}-${kind.label}.png`);
  await page.screenshot({ path });
  print(path);
  await page.keyboard.press('Escape');
}

/** Shows a scene on a page of its own. */
async function takeAnew(scene: Scene, screen: Screen): Promise<void> {
  await take(scene, screen);
  await screen.page.context().close();
}
