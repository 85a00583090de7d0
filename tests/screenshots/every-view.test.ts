/** Takes pictures of every view, light and dark, on all screens. What is on them is made up, as they say themselves. */
import { beforeAll, test } from '@jest/globals';
import { OPERATORS_TOKEN, startEventfulMonitor } from '../browser/support/eventful-monitor.ts';
import { open } from '../browser/support/open.ts';
import { testRedis } from '@mediamtx-monitor/testkit';
import { atEndOfFile } from '../browser/support/at-end.ts';
import { publishLargeFleet } from '../browser/support/large-fleet.ts';
import { startApi } from '../browser/support/monitor.ts';
import { FLEET_VIEWS, LIST, VIEWS } from '../browser/support/views.ts';
import { isWanted, take } from './support/camera.ts';
import { SCREENS } from './support/screens.ts';

let url: string;

beforeAll(async () => {
  url = await startEventfulMonitor();
});

test.each(SCREENS)('$label', async ({ label, options }) => {
  const { page, watch } = await open(url, '', options);
  // What the browser itself says of an answer that refuses.
  watch.expect(/^console: (?:Failed to load resource: .* 401|WebSocket connection to .* failed)/);
  await page.locator('input[type=password]').waitFor();
  if (isWanted('sign-in')) await take(page, 'sign-in', label);
  await page.goto(`${url}/#token=${OPERATORS_TOKEN}`);
  const question = page.locator('.linked-token');
  await question.waitFor();
  if (isWanted('link with a token')) await take(page, 'link with a token', label);
  await question.locator('.button').first().click();
  await page.locator(LIST).filter({ visible: true }).first().waitFor();
  for (const { name, path = '', shown, prepare } of VIEWS.filter((view) => isWanted(view.name))) {
    await page.goto(`${url}/${path}`);
    await page.locator(shown).filter({ visible: true }).first().waitFor();
    let looks = 0;
    await prepare?.(page, () => {
      looks += 1;
      return take(page, `${name} ${looks}`, label);
    });
    await take(page, name, label);
  }
});

test.each(SCREENS)('a fleet on $label', async ({ label, options }) => {
  const redis = testRedis();
  await publishLargeFleet(redis, 60, 12);
  const api = await startApi(redis);
  atEndOfFile(api.stop);
  const { page } = await open(api.url, '?view=help', options);
  for (const { name, path = '', shown } of FLEET_VIEWS.filter((view) => isWanted(view.name))) {
    await page.goto(`${api.url}/${path}`);
    await page.locator(shown).filter({ visible: true }).first().waitFor();
    await take(page, name, label);
  }
});
