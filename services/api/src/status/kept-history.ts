import { setTimeout as delay } from 'node:timers/promises';
import {
  type Clock,
  errorText,
  type Logger,
  RedisAwayError,
  RedisRefusedError,
} from '@mediamtx-monitor/runtime';
import { BusyError, type Reader } from '../feed/index.ts';
import type { MadeHistory } from './make-history.ts';

/** It is made anew after so long, in ms; and it takes at most one part in so many of this process's time. */
const EVERY_MS = 300_000;
const REST = 20;
/** The same after a failure that passes by itself, and where something is asked for that isn't in it. */
const SOON_MS = 30_000;
/** What passes by itself. */
const KNOWN = [RedisAwayError, RedisRefusedError, BusyError] as const;
/** Answers wait so long for the first one at most, in ms, and never for another. */
const FIRST_WAIT_MS = 2_000;

export interface KeptHistoryOptions {
  readonly make: (reader: Reader) => Promise<MadeHistory>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What there is of before. */
export interface HistoryNow {
  /** What was made last; `null` = nothing yet. */
  readonly newest: MadeHistory | null;
  /** Whether what is missing is being read, or will be; not where that failed last. */
  readonly isComing: boolean;
}

/** How everything ran, made now and then while somebody asks, once for all; what was made before holds meanwhile. */
export class KeptHistory {
  readonly #options: KeptHistoryOptions;
  readonly #aborter = new AbortController();
  #newest: MadeHistory | null = null;
  #making: Promise<void> | null = null;
  #firstWait: Promise<unknown> | null = null;
  #dueMs = -Infinity;
  #soonMs = -Infinity;
  #hasFailed = false;
  #count = 0;

  constructor(options: KeptHistoryOptions) {
    this.#options = options;
  }

  /** How often it was made since the start, well or not. */
  get count(): number {
    return this.#count;
  }

  /**
   * What there is of these selections. Answers wait only for the first that is made, together and not for long. Never
   * rejects.
   * @param keys of the selections
   */
  async now(keys: readonly string[]): Promise<HistoryNow> {
    const isMissing = keys.some((key) => this.#newest?.pieces.has(key) !== true);
    const dueMs = isMissing ? this.#soonMs : this.#dueMs;
    if (this.#making === null && this.#options.clock.monotonicMs() >= dueMs) {
      this.#making = this.#make().finally(() => {
        this.#making = null;
      });
      this.#firstWait ??= atMost(FIRST_WAIT_MS, this.#making);
    }
    await this.#firstWait;
    return { newest: this.#newest, isComing: !this.#hasFailed };
  }

  /** Nothing is made any more. */
  stop(): void {
    this.#aborter.abort(new Error('stopped'));
  }

  async #make(): Promise<void> {
    const { make, clock, logger } = this.#options;
    const { signal } = this.#aborter;
    const startMs = clock.monotonicMs();
    this.#count += 1;
    try {
      const made = await make({ network: 'status pages', spent: () => undefined, signal });
      if (signal.aborted) return;
      this.#newest = made;
      this.#hasFailed = false;
      this.#rest(startMs, EVERY_MS, SOON_MS);
    } catch (error) {
      this.#hasFailed = true;
      const isKnown = KNOWN.some((kind) => error instanceof kind);
      const everyMs = isKnown ? SOON_MS : EVERY_MS;
      this.#rest(startMs, everyMs, everyMs);
      // Of a Redis that doesn't answer, its connection logs.
      if (!isKnown && !signal.aborted) logger.warn(`status pages have no new history: ${errorText(error)}`);
    }
  }

  /** Sets when it is made next: at most one part in so many of the time goes into it. */
  #rest(startMs: number, everyMs: number, soonMs: number): void {
    const nowMs = this.#options.clock.monotonicMs();
    const restMs = (nowMs - startMs) * REST;
    this.#dueMs = nowMs + Math.max(everyMs, restMs);
    this.#soonMs = nowMs + Math.max(soonMs, restMs);
  }
}

/** Resolves with the work, or after so long. */
async function atMost(waitMs: number, work: Promise<unknown>): Promise<void> {
  const wait = new AbortController();
  const late = delay(waitMs, undefined, { signal: wait.signal, ref: false }).catch(() => undefined);
  await Promise.race([work, late]);
  wait.abort();
}
