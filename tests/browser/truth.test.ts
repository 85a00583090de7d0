import { expect, test } from '@jest/globals';
import { eventually, freePort, startRedisServer, testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEnd } from './support/at-end.ts';
import {
  type WholeMonitor,
  type WholeMonitorOptions,
  startApi,
  startCollector,
  startMonitor,
} from './support/monitor.ts';
import { open } from './support/open.ts';
import { names, rowOf } from './support/table.ts';

/** What the browser itself says of a connection that fails, and of the client asking why: no tokens are set. */
const NO_CONNECTION =
  /^console: (?:WebSocket connection to .* failed|Failed to load resource: .*(?:net::ERR_|409))/;

/** A monitor with its page open and its picture there. */
async function openMonitor(options: WholeMonitorOptions = {}) {
  const monitor = await startMonitor(options);
  atEnd(monitor.stop);
  const opened = await open(monitor.api.url);
  await rowOf(opened.page, 'studio-1').waitFor();
  return { ...opened, monitor };
}

function truth(page: Page): Promise<string> {
  return page.getByRole('heading', { level: 1 }).innerText();
}

async function untilTruth(page: Page, text: RegExp): Promise<void> {
  await eventually(async () => {
    expect(await truth(page)).toMatch(text);
  });
}

/** The picture is still there, and says of itself that it is old. */
async function expectLastPicture(page: Page, { simulator }: WholeMonitor): Promise<void> {
  expect((await names(page)).toSorted()).toStrictEqual(simulator.streamNames().toSorted());
  await rowOf(page, 'studio-1')
    .getByText(/last seen [\d.]+ s ago/)
    .filter({ visible: true })
    .first()
    .waitFor();
}

test('all well, in words', async () => {
  const { page } = await openMonitor({ simulator: { streams: 2 } });
  await untilTruth(page, /^All well$/);
  expect(await page.getByText('2 live', { exact: true }).isVisible()).toBe(true);
});

test('a MediaMTX that is down: said with its name, the last picture stays and ages; back when it is', async () => {
  const { page, monitor } = await openMonitor();
  await monitor.simulator.setFault({ kind: 'down' });
  await untilTruth(page, /Server main is not reachable/);
  expect((await names(page)).length).toBe(12);
  await expectLastPicture(page, monitor);
  await monitor.simulator.setFault(null);
  await untilTruth(page, /All well|need/);
  await rowOf(page, 'studio-1').getByText('Live').waitFor();
});

test('a MediaMTX that refuses the credentials: said so', async () => {
  const { page, monitor } = await openMonitor();
  await monitor.simulator.setFault({ kind: 'unauthorized' });
  await untilTruth(page, /Server main refuses the monitor’s credentials/);
});

test('Redis down: the last picture greys, nobody is blamed; news come back by themselves', async () => {
  const server = await startRedisServer();
  atEnd(server.stop);
  const { page, monitor } = await openMonitor({ redis: { url: server.url, prefix: 'browser' } });
  await server.stop();
  await expectLastPicture(page, monitor);
  await untilTruth(page, /^The monitor has had no data for \d+ s; streams may be fine\.$/);
  expect(await page.locator('.server-chip .mark-unknown').count()).toBe(1);
  await server.start();
  await untilTruth(page, /All well|attention/);
  expect(
    await rowOf(page, 'studio-1')
      .getByText(/last seen/)
      .count(),
  ).toBe(0);
});

test('the API away: the page keeps the last picture, says that it is one, and connects again by itself', async () => {
  const { page, watch, monitor } = await openMonitor();
  watch.expect(NO_CONNECTION);
  await monitor.api.stop();
  const banner = page.getByRole('strong').filter({ hasText: 'Connection lost' });
  await banner.waitFor();
  await expectLastPicture(page, monitor);
  expect(await truth(page)).not.toMatch(/All well/);
  await monitor.api.start();
  await banner.waitFor({ state: 'detached' });
  await untilTruth(page, /All well|attention/);
});

test('opened while nothing runs behind the API: it says what to do next', async () => {
  const server = await startRedisServer();
  atEnd(server.stop);
  const api = await startApi({ url: server.url, prefix: 'empty' });
  atEnd(api.stop);
  const { page } = await open(api.url);
  await untilTruth(page, /Nothing to watch yet/);
  expect(await page.getByRole('main').innerText()).toMatch(/Start a collector/);
});

test('a MediaMTX that was never there: it says which server, and what the collector advises', async () => {
  const redis = testRedis();
  const address = `127.0.0.1:${await freePort()}`;
  atEnd(await startCollector(redis, `http://${address}`));
  const api = await startApi(redis);
  atEnd(api.stop);
  const { page } = await open(api.url);
  await untilTruth(page, /Server main is not reachable/);
  const main = page.getByRole('main');
  await eventually(async () => {
    expect(await main.innerText()).toMatch(new RegExp(`Server main is not reachable\\s+.*${address}`));
  });
  expect(await main.innerText()).not.toMatch(/API runs/);
  expect(await page.getByRole('list', { name: 'Servers' }).innerText()).toContain('main');
  await main.getByRole('link', { name: 'Servers', exact: true }).click();
  await page.getByRole('heading', { name: 'Servers', exact: true, level: 2 }).waitFor();
  expect(await page.locator('.server-rows').innerText()).toContain(address);
});

test('a MediaMTX without streams: it says what to do next, and shows the first one that comes', async () => {
  const monitor = await startMonitor({ simulator: { streams: 0 } });
  atEnd(monitor.stop);
  const { page } = await open(monitor.api.url);
  await untilTruth(page, /Nothing to watch yet/);
  expect(await page.getByRole('main').innerText()).toMatch(/ffmpeg/);
  monitor.simulator.addStream('first');
  await rowOf(page, 'first').waitFor();
});
