/**
 * What the dashboard costs the browser, from its own counters and trace: simulator, collector, API and a real
 * Chromium on this machine. Prints what was measured beside what is aimed at; asserts nothing.
 */
import { startRedisServer } from '@mediamtx-monitor/testkit';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startSimulatorProgram } from '../programs.ts';
import { Ending } from '../ending.ts';
import { print } from '../report.ts';
import { startCollector, startDashboard } from './fleet.ts';
import { Meter } from './meter.ts';
import { benchScroll } from './scroll.ts';
import { benchTicks } from './ticks.ts';

const STREAMS = Number(process.env['BENCH_STREAMS'] ?? 1_000);
const ROWS = Number(process.env['BENCH_ROWS'] ?? 10_000);
const WINDOWS = Number(process.env['BENCH_WINDOWS'] ?? 6);
const WINDOW_MS = Number(process.env['BENCH_WINDOW_MS'] ?? 20_000);
/** Time for the first rows to be there, in ms. */
const PATIENCE_MS = 60_000;
const VIEWPORT = { width: 1366, height: 768 };

const ending = new Ending();
try {
  const redis = await startRedisServer();
  ending.add(redis.stop);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
  });
  ending.add(() => browser.close());
  print(`Chromium ${browser.version()}, a tick every 2 s`);
  print(`\n${STREAMS} streams, in view: the overview`);
  await withPage(browser, redis.url, STREAMS, (page, meter) => benchTicks(page, meter, WINDOWS, WINDOW_MS));
  print(`\n${ROWS} streams, scrolled through`);
  await withPage(browser, redis.url, ROWS, benchScroll);
} finally {
  await ending.run();
}

/** Opens the dashboard of a fleet of so many streams, and ends everything again. */
async function withPage(
  browser: Browser,
  redisUrl: string,
  streams: number,
  bench: (page: Page, meter: Meter) => Promise<void>,
): Promise<void> {
  const meeting = { redisUrl, prefix: `bench-${streams}` };
  const ofPage = new Ending();
  try {
    const simulator = await startSimulatorProgram(streams);
    ofPage.add(simulator.end);
    ofPage.add(startCollector(meeting, simulator.url).end);
    const dashboard = await startDashboard(meeting);
    ofPage.add(dashboard.end);
    const context = await browser.newContext({ viewport: VIEWPORT });
    ofPage.add(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(dashboard.url);
    await bench(page, await Meter.of(browser, page));
  } finally {
    await ofPage.run();
  }
}
