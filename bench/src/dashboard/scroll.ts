import type { Page } from 'playwright-core';
import { median, print } from '../report.ts';
import type { Meter } from './meter.ts';
import { longTaskCells } from './trace.ts';

/** Scrolls what the table is in, a step each frame, and tells how long each frame took in ms. */
const SCROLL = `new Promise((done) => {
  let scroller = document.querySelector('table');
  while (!/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
  const frames = [];
  let last = performance.now();
  let steps = 300;
  requestAnimationFrame(function step(now) {
    frames.push(now - last);
    last = now;
    scroller.scrollTop += 240;
    steps -= 1;
    if (steps > 0) requestAnimationFrame(step);
    else done({ frames: frames.slice(1), scrolled: scroller.scrollTop });
  });
})`;

/** What it costs to scroll through all rows while news come. */
export async function benchScroll(page: Page, meter: Meter): Promise<void> {
  await page.getByRole('row').nth(5).waitFor();
  let result = { frames: [0], scrolled: 0 };
  const { scriptMs, taskMs, longTasks } = await meter.during(async () => {
    result = await page.evaluate<typeof result>(SCROLL);
  });
  const { frames, scrolled } = result;
  if (scrolled === 0) throw new Error('the page didn’t scroll');
  const usualMs = median(frames);
  const late = frames.filter((ms) => ms > 1.5 * usualMs).length;
  print(
    `${frames.length} frames over ${Math.round(scrolled)} px: ${usualMs.toFixed(1)} ms a frame, ${late} late (> 1.5 ×)`,
  );
  print(
    `script ${(scriptMs / frames.length).toFixed(1)} ms and main thread ${(taskMs / frames.length).toFixed(1)} ms a frame`,
  );
  const [byClock, byProcessor] = longTaskCells(longTasks);
  print(`tasks > 50 ms: ${byClock} by the clock, ${byProcessor} of processor time (aim: 0)`);
  print(
    `elements in the page: ${await meter.elements()}, table rows among them: ${await page.locator('tbody tr').count()}`,
  );
}
