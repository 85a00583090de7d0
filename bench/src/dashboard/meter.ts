import type { Browser, CDPSession, Page } from 'playwright-core';
import { WorkerHeaps } from './worker-heaps.ts';

/** What a page did in some time. */
export interface Worked {
  readonly elapsedMs: number;
  /** Processor time of its main thread, in ms: running scripts, and everything together. */
  readonly scriptMs: number;
  readonly taskMs: number;
}

/** What a page keeps in memory. */
export interface Kept {
  /** Heap of its scripts in MB, those of its workers too. */
  readonly heapMb: number;
  /** Nodes and listeners, also of what isn't in the page any more. */
  readonly nodes: number;
  readonly listeners: number;
  /** Those of the nodes that are in the page. */
  readonly shownNodes: number;
}

/** Counts what is in the page: elements, texts and all else. */
const COUNT_NODES = `(() => {
  const walker = document.createTreeWalker(document);
  let count = 1;
  while (walker.nextNode() !== null) count += 1;
  return count;
})()`;

/** Reads what the browser itself counts and traces of a page. */
export class Meter {
  /** What is measured. */
  readonly page: Page;
  readonly #browser: Browser;
  readonly #session: CDPSession;
  readonly #workers: WorkerHeaps;

  private constructor(browser: Browser, page: Page, session: CDPSession, workers: WorkerHeaps) {
    this.#browser = browser;
    this.page = page;
    this.#session = session;
    this.#workers = workers;
  }

  static async of(browser: Browser, page: Page): Promise<Meter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Meter(browser, page, session, await WorkerHeaps.of(session));
  }

  /** Measures while something happens. */
  async during(what: () => Promise<void>): Promise<Worked> {
    const [before, startMs] = [await this.#counters(), performance.now()];
    await what();
    const [after, endMs] = [await this.#counters(), performance.now()];
    const spentMs = (name: string): number => ((after.get(name) ?? NaN) - (before.get(name) ?? NaN)) * 1_000;
    return {
      elapsedMs: endMs - startMs,
      scriptMs: spentMs('ScriptDuration'),
      taskMs: spentMs('TaskDuration'),
    };
  }

  /** What the browser traces of the page while something happens. */
  async traced(what: () => Promise<void>): Promise<Buffer> {
    await this.#browser.startTracing(this.page, {
      categories: ['disabled-by-default-devtools.timeline', 'toplevel'],
    });
    await what();
    return this.#browser.stopTracing();
  }

  /** What the page keeps, when all that could be thrown away has been. */
  async kept(): Promise<Kept> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const counters = await this.#counters();
    const value = (name: string): number => counters.get(name) ?? NaN;
    return {
      heapMb: (value('JSHeapUsedSize') + (await this.#workers.usedBytes())) / 1e6,
      nodes: value('Nodes'),
      listeners: value('JSEventListeners'),
      shownNodes: await this.page.evaluate<number>(COUNT_NODES),
    };
  }

  async #counters(): Promise<Map<string, number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}
