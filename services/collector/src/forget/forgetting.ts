import {
  asError,
  type Clock,
  type Logger,
  type Part,
  type RedisClient,
  RedisTime,
} from '@mediamtx-monitor/runtime';
import type { RedisNames } from '@mediamtx-monitor/types';
import { createStoredServers, type StoredSubject, type StoredSubjects } from './stored-subjects.ts';

/** What an earlier look found. */
interface Sighting {
  readonly mark: string;
  /** Monotonic time in ms of the first look that found it so. */
  readonly sinceMs: number;
}

/** When a look is taken, by Redis's clock (Unix time) and by the monotonic one, in ms. */
export interface LookTime {
  readonly redisMs: number;
  readonly monotonicMs: number;
}

/**
 * Tells for how long servers have been silent. One look isn't enough: the clock of a collector may be years behind, and
 * it publishes all the same.
 */
export class SubjectSilence {
  readonly #seen = new Map<string, Sighting>();

  /** Time since its newest tick in ms, as far as is known; 0 when there is a newer one than at the last look. */
  of({ id, mark, publishedAtMs }: StoredSubject, { redisMs, monotonicMs }: LookTime): number {
    const before = this.#seen.get(id);
    if (before?.mark !== mark) {
      this.#seen.set(id, { mark, sinceMs: monotonicMs });
      return 0;
    }
    // A clock that was ahead has dated it: then only what was seen here counts.
    return Math.max(monotonicMs - before.sinceMs, redisMs - (publishedAtMs ?? redisMs));
  }

  /** Forgets all the others. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
  }
}

export interface ForgettingOptions {
  readonly redis: RedisClient;
  /** Where the baselines of events are; it may be the same. */
  readonly durable: RedisClient;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Servers that have been silent for longer are forgotten, in ms. */
  readonly afterMs: number;
  /** How often that is looked at, in ms. */
  readonly lookMs?: number;
}

const LOOK_MS = 600_000;
const MS_PER_DAY = 86_400_000;

/** Removes from Redis what is left of servers that were renamed or retired. */
export class Forgetting implements Part {
  readonly name = 'forgetting of servers';
  readonly #options: ForgettingOptions;
  readonly #servers: StoredSubjects;
  readonly #time: RedisTime;
  readonly #silence = new SubjectSilence();
  #timer: NodeJS.Timeout | undefined;
  #complaint = '';

  constructor(options: ForgettingOptions) {
    const { redis, durable, names, clock } = options;
    this.#options = options;
    this.#servers = createStoredServers(redis, names, durable);
    this.#time = new RedisTime(redis, clock);
  }

  start(): void {
    const { lookMs = LOOK_MS } = this.#options;
    this.#timer = setInterval(() => void this.#tryToLook(), lookMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #tryToLook(): Promise<void> {
    const { redis, durable, logger } = this.#options;
    if (redis.status !== 'ready' || durable.status !== 'ready') return;
    try {
      await this.#look();
      this.#complaint = '';
    } catch (error) {
      const { message } = asError(error);
      if (message !== this.#complaint) logger.warn(`servers that are gone can't be forgotten: ${message}`);
      this.#complaint = message;
    }
  }

  async #look(): Promise<void> {
    const { clock, logger, afterMs } = this.#options;
    await this.#time.read();
    const ids = await this.#servers.list();
    this.#silence.keepOnly(new Set(ids));
    for (const id of ids) {
      const found = await this.#servers.find(id);
      if (found === undefined) continue;
      const moment = { redisMs: this.#time.inMs(0), monotonicMs: clock.monotonicMs() };
      const silentMs = this.#silence.of(found, moment);
      if (silentMs <= afterMs || (await this.#servers.remove(found)) === null) continue;
      logger.info(
        `server ${id} has published nothing for ${Math.floor(silentMs / MS_PER_DAY)} days and is forgotten`,
      );
    }
  }
}
