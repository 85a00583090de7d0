import { Worker } from 'node:worker_threads';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import type { Logger } from '../log/logger.ts';
import type { Part } from './part.ts';
import type { WatchdogOrders } from './watchdog-worker.ts';

/** How long a service may do nothing. */
export interface WatchdogLimits {
  /** Time in ms that the event loop may stand still, or that a part may begin nothing of what it has to. */
  readonly limitMs: number;
  /** Time in ms between two looks. */
  readonly checkMs: number;
}

/** Far more than the longest answer or the slowest disk takes; looked at seldom, since each look wakes two threads. */
export const WATCHDOG_LIMITS: WatchdogLimits = { limitMs: 30_000, checkMs: 3_000 };

/** Intervals that a part may begin nothing in, however short the limit is. */
const PATIENCE_INTERVALS = 3;

export interface WatchdogOptions extends WatchdogLimits {
  /** The parts that run; looked at anew each time. */
  readonly parts: readonly Part[];
  readonly logger: Logger;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/**
 * Ends this process when it hangs, so that its supervisor starts it anew: a thread of its own does when the event loop
 * stands still, and the event loop itself when a part doesn't begin what is due. Both count looks instead of reading a
 * clock: while the machine sleeps or the process is stopped nobody looks, so that this time doesn't count.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  /** What each part had begun when it was looked at last, and for how many looks it has been that. */
  readonly #idleLooks = new Map<Part, { readonly count: number; readonly looks: number }>();
  #mayRest = false;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  start(): void {
    const { logger, limitMs, checkMs } = this.#options;
    const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: WatchdogOrders = { beats, checkMs, checks: Math.ceil(limitMs / checkMs) };
    this.#worker = new Worker(new URL('./watchdog-worker.js', import.meta.url), {
      workerData,
      // Nothing of the environment, which may hold secrets, and no options that are meant for the service.
      env: {},
      execArgv: [],
    });
    this.#worker.on('error', (error) => {
      logger.warn('nothing watches whether this service hangs', { error: String(error) });
    });
    this.#worker.unref();
    this.#timer = setInterval(() => {
      Atomics.add(beats, 0, 1);
      this.#lookAtParts();
    }, checkMs).unref();
  }

  /** Parts may now be idle; the event loop is watched on, since a stop may hang, too. */
  letRest(): void {
    this.#mayRest = true;
  }

  stop(): void {
    clearInterval(this.#timer);
    void this.#worker?.terminate();
  }

  #lookAtParts(): void {
    if (this.#mayRest) return;
    for (const part of this.#options.parts) this.#lookAt(part);
  }

  #lookAt(part: Part): void {
    const { logger, exit, limitMs, checkMs } = this.#options;
    if (part.progress === undefined) return;
    const { intervalMs, count } = part.progress;
    const now = count();
    const before = this.#idleLooks.get(part);
    const looks = before?.count === now ? before.looks + 1 : 0;
    this.#idleLooks.set(part, { count: now, looks });
    const idleMs = looks * checkMs;
    if (idleMs < Math.max(limitMs, PATIENCE_INTERVALS * intervalMs)) return;
    logger.error(
      `${part.name}: nothing of what is due was begun for ${idleMs} ms; this service ends to be started anew`,
    );
    exit(EXIT_CODES.failed);
  }
}
