import { expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { chromium } from 'playwright-core';
import { growthOf, INTERPRETING } from '../../bench/src/dashboard/growth.ts';
import { PERIOD_TICKS, WATCHED } from '../../bench/src/dashboard/traffic.ts';
import { TrafficFeed } from '../../bench/src/dashboard/traffic-feed.ts';
import { Watcher } from '../../bench/src/dashboard/watcher.ts';
import { atEnd } from './support/at-end.ts';
import { startApi } from './support/monitor.ts';

const STREAMS = 100;
/** Minutes of manual time, each with as many ticks. */
const PERIODS = 3;
/** Three pages and no machine code take their time on a busy machine. */
const PATIENCE_MS = 180_000;

test(
  'pages that stay open while streams come and go keep as much as after a minute',
  async () => {
    const redis = testRedis();
    const feed = new TrafficFeed(redis.url, redis.prefix, STREAMS, Date.now());
    atEnd(() => {
      feed.close();
    });
    await feed.publish(0);
    const api = await startApi(redis);
    atEnd(api.stop);
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_BIN'] ?? '',
      args: INTERPRETING,
    });
    atEnd(() => browser.close());
    const views = ['?', '?view=cards&kiosk=1', `?stream=main/${WATCHED}`];
    const watchers = await Promise.all(views.map((view) => Watcher.open(browser, api.url, view)));
    const look = () => Promise.all(watchers.map((watcher) => watcher.kept()));

    let tick = 0;
    async function pass(periods: number): Promise<void> {
      for (const end = tick + periods * PERIOD_TICKS; tick < end;) {
        tick += 1;
        await feed.publish(tick);
        await Promise.all(watchers.map((watcher) => watcher.showsNextTick()));
      }
    }

    await pass(1);
    const firsts = await look();
    await pass(PERIODS - 1);
    const grown = (await look()).map((kept, index) => {
      const [first, view] = [firsts[index] ?? kept, views[index] ?? ''];
      return [view, ...growthOf(first, kept, view.includes('kiosk'))];
    });
    expect(grown).toStrictEqual(views.map((view) => [view]));
  },
  PATIENCE_MS,
);
