import {
  asError,
  type Clock,
  type Logger,
  type Part,
  type RedisClient,
  RedisTime,
} from '@mediamtx-monitor/runtime';
import { GONE_MS, type RedisNames } from '@mediamtx-monitor/types';
import { createStoredServers, type StoredSubjects } from './stored-subjects.ts';

export interface ExpectedElsewhereOptions {
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ids of the own servers. */
  readonly servers: () => readonly string[];
  /** What the entries of `expected` match that name no servers. */
  readonly matches: () => readonly string[];
  /** How often it is looked whether there are other servers, in ms. */
  readonly lookMs?: number;
}

const LOOK_MS = 60_000;

/**
 * Warns once where an expectation is of every server and there are several: if their collectors read the same file, it
 * is missed on each of the others. Only Redis tells that there are others, and they may come later.
 */
export class ExpectedElsewhere implements Part {
  readonly name = 'look for other servers';
  readonly #options: ExpectedElsewhereOptions;
  readonly #stored: StoredSubjects;
  readonly #time: RedisTime;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ExpectedElsewhereOptions) {
    const { redis, names, clock } = options;
    this.#options = options;
    this.#stored = createStoredServers(redis, names);
    this.#time = new RedisTime(redis, clock);
  }

  start(): void {
    const { lookMs = LOOK_MS } = this.#options;
    this.#timer = setInterval(() => void this.#look(), lookMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const { redis, logger, matches } = this.#options;
    if (redis.status !== 'ready' || matches().length === 0) return;
    try {
      const found = await this.#others();
      if (found.length === 0 || this.#timer === undefined) return;
      this.stop();
      this.#warn(found);
    } catch (error) {
      logger.debug(`other servers can't be looked for: ${asError(error).message}`);
    }
  }

  async #others(): Promise<string[]> {
    const own = this.#options.servers();
    await this.#time.read();
    const found = await Promise.all((await this.#stored.list()).map((id) => this.#stored.find(id)));
    return found
      .flatMap((one) => one ?? [])
      .filter(
        ({ id, publishedAtMs }) => !own.includes(id) && this.#time.inMs(-GONE_MS) <= (publishedAtMs ?? 0),
      )
      .map(({ id }) => id)
      .sort();
  }

  #warn(others: readonly string[]): void {
    const { logger, servers, matches } = this.#options;
    const entries = matches()
      .map((match) => JSON.stringify(match))
      .join(', ');
    logger.warn(
      `MONITOR_CONFIG expects ${entries} without servers, and there are other servers (${others.join(', ')}): a ` +
        'collector that reads the same file expects it there, too. ' +
        `Write servers: [${servers().join(', ')}], or the ids of all that it is about`,
    );
  }
}
