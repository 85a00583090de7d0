import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { atEnd } from './support/at-end.ts';
import { startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { rowOf } from './support/table.ts';

/** Remembers what the browser was asked to show; whether it may, stays the browser's own decision. */
const REMEMBER = `globalThis.shown = [];
globalThis.Notification = class extends Notification {
  constructor(title, options) {
    super(title, options);
    globalThis.shown.push(title + ' ' + options.body);
  }
};`;

test('a notification comes on request, when a stream gets into trouble', async () => {
  const monitor = await startMonitor();
  atEnd(monitor.stop);
  const { page } = await open(monitor.api.url);
  await page.context().grantPermissions(['notifications'], { origin: monitor.api.url });
  await page.addInitScript(REMEMBER);
  await page.reload();
  await rowOf(page, 'studio-1').waitFor();
  await page.getByRole('button', { name: /^Alerts: / }).click();
  await page.getByLabel('Notify').click();
  await eventually(async () => {
    expect(await page.getByLabel('Notify').isChecked()).toBe(true);
  });
  // Nothing is news until the page has been connected for 5 s, and nothing on it shows when that is.
  await page.waitForTimeout(8_000);
  monitor.simulator.setStreamFrozen('studio-1', true);
  await eventually(async () => {
    expect(await page.evaluate<string>('shown.join()')).toContain('studio-1: No data arrives');
  });
});
