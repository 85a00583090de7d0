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
const RETRY_MS = 30_000;
/** What passes by itself. */
const KNOWN = [RedisAwayError, RedisRefusedError, BusyError] as const;
/** Who asks first waits so long for it at most, in ms. */
const FIRST_WAIT_MS = 5_000;

export interface KeptHistoryOptions {
  readonly make: (reader: Reader) => Promise<MadeHistory>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How everything ran, made now and then while somebody asks, once for all; what was made before holds meanwhile. */
export class KeptHistory {
  readonly #options: KeptHistoryOptions;
  readonly #aborter = new AbortController();
  #newest: MadeHistory | null = null;
  #making: Promise<void> | null = null;
  #dueMs = -Infinity;
  #count = 0;

  constructor(options: KeptHistoryOptions) {
    this.#options = options;
  }

  /** How often it was made since the start, well or not. */
  get count(): number {
    return this.#count;
  }

  /** What was made last; `null` = nothing yet. Only who asks first waits, and not for long. Never rejects. */
  async newest(): Promise<MadeHistory | null> {
    if (this.#making === null && this.#options.clock.monotonicMs() >= this.#dueMs) {
      this.#making = this.#make().finally(() => {
        this.#making = null;
      });
    }
    if (this.#newest === null && this.#making !== null) {
      const wait = new AbortController();
      const late = delay(FIRST_WAIT_MS, undefined, { signal: wait.signal, ref: false }).catch(
        () => undefined,
      );
      await Promise.race([this.#making, late]);
      wait.abort();
    }
    return this.#newest;
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
      const nowMs = clock.monotonicMs();
      this.#dueMs = nowMs + Math.max(EVERY_MS, (nowMs - startMs) * REST);
    } catch (error) {
      const isKnown = KNOWN.some((kind) => error instanceof kind);
      this.#dueMs = clock.monotonicMs() + (isKnown ? RETRY_MS : EVERY_MS);
      // Of a Redis that doesn't answer, its connection logs.
      if (!isKnown && !signal.aborted) logger.warn(`status pages have no new history: ${errorText(error)}`);
    }
  }
}
