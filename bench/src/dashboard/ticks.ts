import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { print, printRow } from '../report.ts';
import type { Meter } from './meter.ts';
import { longTaskCells } from './trace.ts';

const INTERVAL_SECONDS = 2;
/** Until everything is compiled and the windows of the charts are filled a little. */
const WARM_UP_MS = 20_000;

/** What a tick costs the page, window by window, and whether its heap grows. */
export async function benchTicks(page: Page, meter: Meter, windows: number, windowMs: number): Promise<void> {
  await page.getByRole('row').nth(5).waitFor();
  await delay(WARM_UP_MS);
  print(
    '| after | script ms a tick (aim: 8) | main thread ms a tick | tasks > 50 ms by the clock, longest | tasks > 50 ms of processor time (aim: 0), longest | heap, MB | elements |',
  );
  print('|---|---|---|---|---|---|---|');
  const startMs = performance.now();
  for (let window = 0; window < windows; window += 1) {
    const { seconds, scriptMs, taskMs, longTasks } = await meter.during(() => delay(windowMs));
    const ticks = seconds / INTERVAL_SECONDS;
    printRow([
      `${Math.round((performance.now() - startMs) / 1_000)} s`,
      (scriptMs / ticks).toFixed(1),
      (taskMs / ticks).toFixed(1),
      ...longTaskCells(longTasks),
      (await meter.kept()).heapMb.toFixed(1),
      await meter.elements(),
    ]);
  }
}
