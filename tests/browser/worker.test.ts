import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { names, rowOf } from './support/table.ts';

const STREAM = 'cam/stage-left';
let url: string;

beforeAll(async () => {
  const monitor = await startMonitor({ simulator: { streams: 3 } });
  atEndOfFile(monitor.stop);
  ({ url } = monitor.api);
});

/** Opens the page anew, with what was prepared; the list comes, can be searched, and leads to a stream and back. */
async function expectWorks(page: Page): Promise<void> {
  await page.reload();
  await rowOf(page, STREAM).waitFor();
  await page.getByRole('searchbox').fill('stage-left');
  await page.getByText('1 of 3 streams', { exact: true }).first().waitFor();
  expect(await names(page)).toStrictEqual([STREAM]);
  await rowOf(page, STREAM).getByRole('link').click();
  await page.getByRole('region', { name: 'Publisher' }).getByRole('table').waitFor();
  await page.goBack();
  await rowOf(page, STREAM).waitFor();
}

test('a worker of the page has the connections, of the list and of a stream', async () => {
  const { page } = await open(url);
  await page.addInitScript(
    'globalThis.WebSocket = class { constructor() { throw new Error("not here"); } };',
  );
  await expectWorks(page);
  expect(page.workers()).toHaveLength(1);
});

test('a browser without workers shows everything all the same', async () => {
  const { page } = await open(url);
  await page.addInitScript('delete globalThis.Worker;');
  await expectWorks(page);
  expect(page.workers()).toStrictEqual([]);
});

test('so it does when the worker’s script doesn’t come', async () => {
  const { page, watch } = await open(url);
  watch.expect(/^console: Failed to load resource/);
  await page.route(/\/worker-[^/]*\.js$/, (route) => route.abort());
  await expectWorks(page);
  expect(page.workers()).toStrictEqual([]);
});
