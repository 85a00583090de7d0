import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { atEndOfFile } from './support/at-end.ts';
import { type WholeMonitor, startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';

let monitor: WholeMonitor;

beforeAll(async () => {
  monitor = await startMonitor();
  atEndOfFile(monitor.stop);
});

test.each([
  ['the table', '', 5],
  ['cards', '?view=cards', 5],
  ['the timeline', '?view=timeline', 3],
  ['sessions', '?view=sessions', 3],
])(
  'what a menu of %s offers is chosen by its words, and the menu stays open',
  async (_what, query, least) => {
    const { page } = await open(monitor.api.url, query);
    await page.locator('.menu >> nth=1').waitFor();
    const menus = page.locator('.menu');
    expect(await menus.count()).toBeGreaterThanOrEqual(least);
    for (const menu of await menus.all()) {
      await menu.locator('summary').click();
      for (const label of await menu.locator('label').all()) {
        const isRadio = (await label.locator('[type=radio]').count()) > 0;
        const was = await label.locator('input').isChecked();
        const box = await label.boundingBox();
        // Where the words are, not the box before them.
        await label.click({
          position: { x: Math.min(40, (box?.width ?? 0) - 4), y: (box?.height ?? 0) / 2 },
        });
        await eventually(async () => {
          expect(await label.locator('input').isChecked()).toBe(isRadio ? true : !was);
        });
        expect(await menu.getAttribute('open')).not.toBeNull();
        if (!isRadio) await label.click();
      }
      await page.keyboard.press('Escape');
      expect(await menu.getAttribute('open')).toBeNull();
    }
  },
);
