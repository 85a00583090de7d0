/**
 * Whether a page that stays open grows: ticks as fast as pages draw them, each carrying two seconds, with streams that
 * come and go. The pages that are measured stay where they are, since leaving a view frees what it had gathered; one
 * more goes to and fro. Exits with 1 when at the end a page's heap isn't within 10 % of what it was after its first two
 * minutes, or the number of its nodes has changed; in between, a page whose data are late on a busy machine may have more.
 */
import type { Browser } from 'playwright-core';
import { print, printRow } from '../print.ts';
import { Ending } from '../rig/ending.ts';
import { startDashboard } from '../rig/fleet.ts';
import { startRedis } from '../rig/redis.ts';
import { growthOf, INTERPRETING } from './growth.ts';
import type { Kept } from './meter.ts';
import { startBrowser } from './open.ts';
import { show } from './show.ts';
import { PERIOD_TICKS, TICK_MS, WATCHED_VIEWS } from './traffic.ts';
import { TrafficFeed } from './traffic-feed.ts';
import { Watcher } from './watcher.ts';

/** A day. */
const TICKS = Number(process.env['BENCH_TICKS'] ?? 43_200);
const STREAMS = (process.env['BENCH_STREAMS'] ?? '100').split(',').map(Number);
const ROWS = 10;
/** After two minutes: then the charts of cards are full. */
const FIRST_PERIOD = 2;
const VIEWS = Object.values(WATCHED_VIEWS);
const TO_AND_FRO = 'to and fro';

const ending = new Ending();
try {
  const redisUrl = await startRedis(ending);
  const browser = await startBrowser(ending, INTERPRETING);
  for (const streams of STREAMS) await watch(browser, redisUrl, streams);
} finally {
  await ending.run();
}

async function watch(browser: Browser, redisUrl: string, streams: number): Promise<void> {
  const ofFleet = new Ending();
  const prefix = `bench-day-${streams}`;
  try {
    const feed = new TrafficFeed(redisUrl, prefix, streams, Date.now());
    ofFleet.add(() => {
      feed.close();
    });
    await feed.remember();
    await feed.publish(0);
    const url = await startDashboard(ofFleet, { redisUrl, prefix });
    const open = async (view: string): Promise<readonly [string, Watcher]> => {
      const watcher = await Watcher.open(browser, url, view === TO_AND_FRO ? '' : view);
      ofFleet.add(() => watcher.page.context().close());
      return [view, watcher];
    };
    // At once, so that the first of them isn't old when the last is there.
    const watchers = new Map(await Promise.all([...VIEWS, TO_AND_FRO].map(open)));
    print(
      `\n${streams} streams that come and go, ${TICKS} ticks (${Math.round((TICKS * TICK_MS) / 60_000)} min)`,
    );
    print('| ticks | view | heap, MB | nodes | in the page | listeners |');
    print('|---|---|---|---|---|---|');
    const firsts = new Map<string, Kept>();
    const periods = Math.ceil(TICKS / PERIOD_TICKS);
    for (let tick = 1; tick <= periods * PERIOD_TICKS; tick += 1) {
      await feed.publish(tick);
      await Promise.all([...watchers.values()].map((watcher) => watcher.showsNextTick()));
      if (tick % PERIOD_TICKS !== 0) continue;
      const period = tick / PERIOD_TICKS;
      if (period === FIRST_PERIOD || period === periods || period % Math.ceil(periods / ROWS) === 0) {
        const grown = new Set<string>();
        for (const [view, watcher] of watchers) {
          if (await look(view, watcher, tick, firsts)) grown.add(view);
        }
        if (period === periods && grown.size > 0) process.exitCode = 1;
      }
      await goElsewhere(watchers.get(TO_AND_FRO), period);
    }
  } finally {
    await ofFleet.run();
  }
}

/** Measures a page, prints it, and what has grown since its first look. @returns whether anything has */
async function look(
  view: string,
  watcher: Watcher,
  tick: number,
  firsts: Map<string, Kept>,
): Promise<boolean> {
  const kept = await watcher.kept();
  printRow([tick, view, kept.heapMb.toFixed(2), kept.nodes, kept.shownNodes, kept.listeners]);
  if (view === TO_AND_FRO) return false;
  const first = firsts.get(view) ?? kept;
  firsts.set(view, first);
  const growth = growthOf(first, kept, view.includes('kiosk'));
  for (const grown of growth) print(`GREW: ${view} ${grown}`);
  return growth.length > 0;
}

/** A page that is always looked at otherwise than before. */
async function goElsewhere(watcher: Watcher | undefined, period: number): Promise<void> {
  if (watcher !== undefined) await show(watcher.page, VIEWS[period % VIEWS.length] ?? '?');
}
