import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { atEnd } from './support/at-end.ts';
import { startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { rowOf } from './support/table.ts';

test('from the reason on a stream’s page a link leads to what it means and what to do', async () => {
  const monitor = await startMonitor();
  atEnd(monitor.stop);
  monitor.simulator.setStreamFrozen('studio-1', true);
  const { page } = await open(monitor.api.url, '?stream=main/studio-1');
  await page.getByRole('link', { name: 'What it means' }).first().click();
  const entry = page.locator('#help-stalled');
  await entry.waitFor();
  expect(await entry.innerText()).toMatch(/no data arrives.*What to do: .*encoder/s);
  // It stands at the top of what can be seen, not somewhere below.
  await eventually(async () => {
    const top = await page.evaluate<number>(
      `document.querySelector('#help-stalled').getBoundingClientRect().top
        - document.querySelector('main').getBoundingClientRect().top`,
    );
    expect(Math.abs(top)).toBeLessThan(40);
  });
  await page.goBack();
  await page.getByRole('heading', { level: 2, name: 'studio-1' }).waitFor();
});

test('what is configured and not live is hollow and grey, not green', async () => {
  const monitor = await startMonitor();
  atEnd(monitor.stop);
  const { page } = await open(monitor.api.url);
  const row = rowOf(page, 'studio-2');
  await row.getByText('At rest').first().waitFor();
  const colorOf = (mark: string): Promise<string> =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${mark}')).color`);
  expect(await row.locator('.mark-rest').count()).toBe(1);
  expect(await colorOf('.row .mark-rest')).not.toBe(await colorOf('.row .mark-ok'));
  expect(await row.innerText()).not.toContain('OK');
});
