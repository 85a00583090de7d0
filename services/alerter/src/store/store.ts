import {
  type Clock,
  LeasedHash,
  type Logger,
  type RedisClient,
  RedisTime,
  type StreamEntry,
  whyNotDone,
} from '@mediamtx-monitor/runtime';
import type { AlerterState, AlertMoment } from '../model.ts';
import { changesBetween } from './changes.ts';
import { readState } from './read-state.ts';

export interface StateStoreOptions {
  /** The durable Redis. */
  readonly redis: RedisClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Hash that holds all of it. */
  readonly key: string;
  /** Longest time between two saves, in ms; a holder that is silent for two of them is gone. */
  readonly intervalMs: number;
  /** What no other process has, without white space. */
  readonly owner: string;
  /** What tells this alerter's file from another's. */
  readonly digest: string;
}

const FAILURE = 'the durable Redis doesn’t keep alerts, so that nobody is told of any';

/**
 * The alerter's state in the durable Redis, for whoever holds its lease (ADR 23). After anything that went wrong it is
 * forgotten here, and read anew. All calls one at a time; none rejects.
 */
export class StateStore {
  readonly #options: StateStoreOptions;
  readonly #hash: LeasedHash;
  readonly #time: RedisTime;
  #state: AlerterState | null = null;
  /** Fields that are of no use, to be removed with the next save. */
  #unusable: readonly string[] = [];
  #failure: string | null = null;
  #savedAtMs: number | null = null;

  constructor(options: StateStoreOptions) {
    const { redis, clock, key, intervalMs, owner, digest } = options;
    this.#options = options;
    this.#hash = new LeasedHash({ redis, clock, key, intervalMs, owner, note: digest });
    this.#time = new RedisTime(redis, clock);
  }

  /** The state that is saved, while it is ours; else `null`. */
  get state(): AlerterState | null {
    return this.#state;
  }

  /** Monotonic time of the last save, in ms; `null` before the first. */
  get savedAtMs(): number | null {
    return this.#savedAtMs;
  }

  /** Why it can't be read or saved, for people; `null` while it can. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Whether the active alerter's file is another than that of one that stands by; either of these is this one. */
  get doFilesDiffer(): boolean {
    return this.#hash.isNoteDisputed;
  }

  /** Makes the state ours where nobody holds it. */
  async take(): Promise<AlerterState | null> {
    const { logger } = this.#options;
    return this.#attempt(async () => {
      const taken = await this.#hash.take();
      if (taken === null) return null;
      const { state, unusable } = readState(taken.fields);
      if (unusable.length > 0) {
        logger.warn(`of what Redis kept of alerts, ${unusable.length} parts can't be used and are let go`);
      }
      this.#unusable = unusable;
      this.#state = state;
      return state;
    });
  }

  /** The moment that it is now; `null` where Redis doesn't say. */
  async moment(): Promise<AlertMoment | null> {
    return this.#attempt(async () => {
      await this.#time.read();
      return { atMs: Math.floor(this.#hash.heldMs), wallMs: this.#time.inMs(0) };
    });
  }

  /**
   * Saves what has become of the state, and appends with it.
   * @returns whether that is done; if not, it is neither known what stands there nor ours any more
   */
  async save(next: AlerterState, appends: readonly StreamEntry[]): Promise<boolean> {
    const { logger, clock } = this.#options;
    const before = this.#state;
    if (before === null) throw new Error('a state was saved that isn’t ours');
    this.#state = null;
    const { sets, removes, ...rest } = changesBetween(before, next, appends);
    const changes = {
      ...rest,
      sets,
      removes: [...removes, ...this.#unusable.filter((field) => !sets.has(field))],
    };
    const outcome = await this.#attempt(() => this.#hash.save(changes));
    if (outcome === 'lost') logger.warn('another alerter has taken over: this one stands by');
    if (outcome !== 'saved') return false;
    this.#unusable = [];
    this.#state = next;
    this.#savedAtMs = clock.monotonicMs();
    return true;
  }

  /** Lets go of the state, so that another takes it at once. */
  async release(): Promise<void> {
    if (this.#state === null) return;
    this.#state = null;
    await this.#attempt(() =>
      this.#hash.save({ sets: new Map(), removes: [], appends: [] }, { isLast: true }),
    );
  }

  /** `null` where it couldn't be done: logged once, until something can. */
  async #attempt<Value>(work: () => Promise<Value>): Promise<Value | null> {
    const { redis, logger } = this.#options;
    try {
      const value = await work();
      if (this.#failure !== null) logger.info('the durable Redis keeps alerts again');
      this.#failure = null;
      return value;
    } catch (error) {
      this.#state = null;
      const why = whyNotDone(redis, error);
      if (why !== this.#failure) logger.error(`${FAILURE}: ${why}`);
      this.#failure = why;
      return null;
    }
  }
}
