import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Ending } from '../rig/ending.ts';
import { Meter } from './meter.ts';
import { CONTEXT, PATIENCE_MS, startBrowser, startFleet } from './open.ts';

const ROWS = 10_000;
const LATE = 1.5;

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

/** As many rows of as many cells, and nothing else. */
const PLAIN_TABLE = `{
  const cell = (row, column) => '<td>' + (row * 31 + column) + '</td>';
  const row = (_, index) => '<tr>' + Array.from({ length: 9 }, (_, column) => cell(index, column)).join('') + '</tr>';
  const rows = Array.from({ length: ${ROWS} }, row).join('');
  document.body.innerHTML = '<div style="height: 90vh; overflow: auto"><table>' + rows + '</table></div>';
}`;

interface Scrolled {
  readonly lateFrames: number;
  readonly frameThreadMs: number;
}

/** What it costs to scroll through all rows while messages come, beside a table of HTML that nothing changes. */
export async function benchScroll(ending: Ending): Promise<Readings> {
  const url = await startFleet(ending, ROWS);
  const browser = await startBrowser(ending);
  const page = await (await browser.newContext(CONTEXT)).newPage();
  const plainPage = await (await browser.newContext(CONTEXT)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.getByRole('row').nth(5).waitFor();
  const ours = await scroll(await Meter.of(browser, page));
  await page.close();
  await plainPage.evaluate(PLAIN_TABLE);
  const plain = await scroll(await Meter.of(browser, plainPage));
  return {
    'scroll-late': { value: ours.lateFrames, beside: plain.lateFrames },
    'scroll-thread': { value: ours.frameThreadMs, beside: plain.frameThreadMs },
  };
}

async function scroll(meter: Meter): Promise<Scrolled> {
  let result = { frames: [0], scrolled: 0 };
  const { taskMs } = await meter.during(async () => {
    result = await meter.page.evaluate<typeof result>(SCROLL);
  });
  const { frames, scrolled } = result;
  if (scrolled === 0) throw new Error('the page didn’t scroll');
  const usualMs = median(frames);
  return {
    lateFrames: frames.filter((ms) => ms > LATE * usualMs).length,
    frameThreadMs: taskMs / frames.length,
  };
}
