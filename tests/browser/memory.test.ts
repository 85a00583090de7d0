import { expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { chromium } from 'playwright-core';
import { growthOf, INTERPRETING } from '../../bench/src/dashboard/growth.ts';
import { PERIOD_TICKS, WATCHED_VIEWS } from '../../bench/src/dashboard/traffic.ts';
import { TrafficFeed } from '../../bench/src/dashboard/traffic-feed.ts';
import { Watcher } from '../../bench/src/dashboard/watcher.ts';
import { atEnd } from './support/at-end.ts';
import { startApi } from './support/monitor.ts';

const STREAMS = 100;
/** Minutes of manual time, each with as many ticks. */
const PERIODS = 3;
/** More of them where something seems to have grown. */
const MORE_PERIODS = 2;
/** Four pages and no machine code take their time on a busy machine. */
const PATIENCE_MS = 600_000;

test(
  'pages that stay open while streams come and go keep as much as after a minute',
  async () => {
    const redis = testRedis();
    const feed = new TrafficFeed(redis.url, redis.prefix, STREAMS, Date.now());
    atEnd(() => {
      feed.close();
    });
    await feed.remember();
    await feed.publish(0);
    const api = await startApi(redis);
    atEnd(api.stop);
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_BIN'] ?? '',
      args: INTERPRETING,
    });
    atEnd(() => browser.close());
    const { groups, wall, boardOfCards, stream } = WATCHED_VIEWS;
    const views = [groups, wall, boardOfCards, stream];
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
    const grown = async (): Promise<readonly (readonly string[])[]> => {
      const kept = await look();
      return kept.map((now, index) => {
        const [first, view] = [firsts[index] ?? now, views[index] ?? ''];
        return [view, ...growthOf(first, now, view.includes('kiosk'))];
      });
    };
    // What data that came late on a busy machine have on the page goes with those that come; what leaks stays.
    let found = await grown();
    for (let more = 0; more < MORE_PERIODS && found.some((one) => one.length > 1); more += 1) {
      await pass(1);
      found = await grown();
    }
    expect(found).toStrictEqual(views.map((view) => [view]));
  },
  PATIENCE_MS,
);
