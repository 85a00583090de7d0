import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { Reading } from '../figure.ts';
import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { Meter, type Worked } from './meter.ts';
import { CONTEXT, PATIENCE_MS, startBrowser, startFleet, startRememberedFleet } from './open.ts';
import { longTasks, taskTimesMs } from './trace.ts';

const STREAMS = 1_000;
const TICK_MS = 2_000;
/** A stream that has its ribbon. */
const RIBBON = '.row > [style*=gradient]';

/** Takes the same messages, parses them and shows how many streams there are. */
const PARSE_ONLY = `{
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws');
  socket.onmessage = ({ data }) => {
    const { streams = [] } = JSON.parse(data);
    document.body.textContent = String(streams.length);
  };
}`;

/** What a tick costs an open page. */
interface PageTicks {
  readonly script: Reading;
  readonly thread: Reading;
  readonly worker: Reading;
  readonly longTasks: Reading;
  readonly heap: Reading;
}

/** What a tick costs the list as it is opened. */
export async function benchPageTicks(ending: Ending, pace: Pace): Promise<Readings> {
  const url = await startFleet(ending, STREAMS);
  const { script, thread, worker, longTasks, heap } = await ticksOf(ending, pace, url, '');
  return {
    'page-script': script,
    'page-thread': thread,
    'page-worker': worker,
    'page-long-tasks': longTasks,
    'page-heap': heap,
  };
}

/** What a tick costs the list in groups whose streams have ribbons of the last day. */
export async function benchPageGroups(ending: Ending, pace: Pace): Promise<Readings> {
  const url = await startRememberedFleet(ending, STREAMS);
  const { script, thread, worker } = await ticksOf(ending, pace, url, '?group=1&sort=name', RIBBON);
  return { 'page-groups-script': script, 'page-groups-thread': thread, 'page-groups-worker': worker };
}

/** Beside a page that only parses the messages, at the same time in the same browser. @param sign is there at last */
async function ticksOf(
  ending: Ending,
  pace: Pace,
  url: string,
  query: string,
  sign = '.row',
): Promise<PageTicks> {
  const browser = await startBrowser(ending);
  const ours = await openMeter(browser, `${url}/${query}`);
  await ours.page.locator(sign).nth(5).waitFor();
  // Until everything is compiled and the windows of the charts are filled a little.
  await delay(pace.windowMs);
  // Alone in the browser, whose trace is of all pages.
  const trace = await ours.traced(() => delay(pace.windowMs));
  const plain = await openMeter(browser, `${url}/healthz`);
  await plain.page.evaluate(PARSE_ONLY);
  await delay(TICK_MS);

  const windows: { readonly ours: Worked; readonly plain: Worked }[] = [];
  for (let window = 0; window < pace.windows; window += 1) {
    const looking = { ours: look(ours, pace), plain: look(plain, pace) };
    windows.push({ ours: await looking.ours, plain: await looking.plain });
  }
  const perTick = (member: 'scriptMs' | 'taskMs'): Reading => {
    const middle = (whose: 'ours' | 'plain'): number =>
      median(windows.map((window) => (window[whose][member] / window[whose].elapsedMs) * TICK_MS));
    return { value: middle('ours'), beside: middle('plain') };
  };
  return {
    script: perTick('scriptMs'),
    thread: perTick('taskMs'),
    worker: { value: (sumOf(taskTimesMs(trace, 'worker')) / pace.windowMs) * TICK_MS },
    longTasks: { value: longTasks(taskTimesMs(trace, 'page')).length },
    heap: { value: (await ours.kept()).heapMb, beside: (await plain.kept()).heapMb },
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

async function openMeter(browser: Browser, url: string): Promise<Meter> {
  const page = await (await browser.newContext(CONTEXT)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  return Meter.of(browser, page);
}

function look(meter: Meter, { windowMs }: Pace): Promise<Worked> {
  return meter.during(() => delay(windowMs));
}
