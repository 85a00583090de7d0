/**
 * A day's ticks in half an hour, with streams that come and go and a stream's page opened now and then: whether the heap
 * of a page that stays open grows. What it is told are the records of one simulated snapshot with other numbers.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { startRedisServer } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { chromium, type Page } from 'playwright-core';
import { Feeder } from '../api/feeder.ts';
import { storeSnapshot } from '../api/stored-snapshot.ts';
import { Ending } from '../ending.ts';
import { print, printRow } from '../report.ts';
import { startDashboard } from './fleet.ts';
import { Meter } from './meter.ts';
import { show } from './show.ts';

/** A day at 2 s. */
const TICKS = Number(process.env['BENCH_TICKS'] ?? 43_200);
const STREAMS = Number(process.env['BENCH_STREAMS'] ?? 200);
const ROWS = 12;
const EVERY_MS = 40;
/** For the lines of a stream's page to be drawn. */
const LOOK_MS = 2_000;
const PREFIX = 'bench-day';

const ending = new Ending();
try {
  const redis = await startRedisServer();
  ending.add(redis.stop);
  await storeSnapshot(redis.url, PREFIX, STREAMS);
  const dashboard = await startDashboard({ redisUrl: redis.url, prefix: PREFIX });
  ending.add(dashboard.end);
  const feeder = await Feeder.connect(redis.url, PREFIX);
  ending.add(() => {
    feeder.close();
    return Promise.resolve();
  });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
  });
  ending.add(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(dashboard.url);
  await page.getByRole('row').nth(5).waitFor();
  const meter = await Meter.of(browser, page);
  print(`${STREAMS} streams, ${TICKS} ticks, one every ${EVERY_MS} ms`);
  print('| ticks | received | heap, MB | nodes | listeners | elements |');
  print('|---|---|---|---|---|---|');
  const { streams } = feeder;
  for (let tick = 1; tick <= TICKS; tick += 1) {
    await feeder.publish(atTick(streams, tick));
    await delay(EVERY_MS);
    if (tick % Math.ceil(TICKS / ROWS) !== 0) continue;
    await lookAt(page, `${streams[0]?.server}/${streams[0]?.name}`);
    const { heapMb, nodes, listeners } = await meter.kept();
    printRow([tick, await sent(dashboard.url), heapMb.toFixed(1), nodes, listeners, await meter.elements()]);
  }
} finally {
  await ending.run();
}

/** The streams with other numbers, one of them ill, and a guest that never comes again. */
function atTick(streams: readonly StreamRecord[], tick: number): readonly StreamRecord[] {
  const wave = 1 + 0.3 * Math.sin(tick / 7);
  const guests = streams.slice(0, 1).map((stream) => ({ ...stream, name: `guest-${tick}` }));
  return [...streams, ...guests].map((stream, index) => ({
    ...stream,
    inboundMbps: stream.inboundMbps === null ? null : stream.inboundMbps * wave,
    health: index === tick % streams.length ? 'critical' : stream.health,
  }));
}

/** Opens a stream's page and comes back. */
async function lookAt(page: Page, stream: string): Promise<void> {
  await show(page, `?stream=${encodeURIComponent(stream)}`);
  await page.locator('.chart').first().waitFor();
  await delay(LOOK_MS);
  await show(page, '?');
  await page.getByRole('row').nth(5).waitFor();
}

/** Messages that the API has sent to its clients. */
async function sent(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counts = [...metrics.matchAll(/^mediamtx_monitor_sent_messages_total\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
