import { beforeAll, describe, expect, test } from '@jest/globals';
import { atEndOfFile } from './support/at-end.ts';
import { seriousViolations } from './support/axe.ts';
import { type Monitor, startMonitor } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';
import { rowOf } from './support/table.ts';

let monitor: Monitor;
let url: string;

beforeAll(async () => {
  monitor = await startMonitor();
  ({ url } = monitor.api);
  atEndOfFile(monitor.stop);
  monitor.simulator.setStreamFrozen('cam/crowd', true);
});

const phone = { viewport: PHONE, isMobile: true, hasTouch: true };

describe.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
] as const)('%s', (_what, options) => {
  test('axe finds nothing serious', async () => {
    const { page } = await open(url, '', options);
    await rowOf(page, 'cam/crowd').getByText('No data arrives').filter({ visible: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});

test('on a phone everything fits the window, and the state of a stream is in view', async () => {
  const { page } = await open(url, '', phone);
  const row = rowOf(page, 'studio-1');
  await row.waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  const box = await row.boundingBox();
  expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= PHONE.width).toBe(true);
});

test('the first press of Tab offers to skip to the content', async () => {
  const { page } = await open(url);
  await rowOf(page, 'studio-1').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
});

test('?kiosk shows the picture without anything to set', async () => {
  const { page } = await open(url, '?kiosk');
  await rowOf(page, 'studio-1').waitFor();
  expect(await page.getByRole('searchbox').count()).toBe(0);
});
