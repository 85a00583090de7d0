import { asError, Exclusive, type Logger, type Part, type RedisClient } from '@mediamtx-monitor/runtime';
import type { RedisNames } from '@mediamtx-monitor/types';
import { createStoredServers, type StoredSubjects } from './stored-subjects.ts';

export interface RemovalOptions {
  readonly redis: RedisClient;
  /** Where the baselines of events are; it may be the same. */
  readonly durable: RedisClient;
  readonly names: RedisNames;
  readonly logger: Logger;
  /** Whether another collector that lives may poll a server. */
  readonly isNamedElsewhere: (server: string) => boolean;
  /** How long it is waited before it is tried once more, in ms. */
  readonly retryMs?: number;
}

const RETRY_MS = 1_000;

/** Removes from Redis what is left of servers that nothing here polls any more, unless another collector does. */
export class Removal implements Part {
  readonly name = 'removal of servers';
  readonly #options: RemovalOptions;
  readonly #servers: StoredSubjects;
  /** Ids of those that are to be removed, with the epoch of their last ticks. */
  readonly #leaving = new Map<string, number>();
  readonly #work = new Exclusive(() => this.#removeAll());
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: RemovalOptions) {
    const { redis, durable, names } = options;
    this.#options = options;
    this.#servers = createStoredServers(redis, names, durable);
  }

  start(): void {
    this.#isStopped = false;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Removes a server, as soon as Redis is there. @param epoch of its ticks; `null` = none was published here */
  add(server: string, epoch: number | null): void {
    if (epoch === null) return;
    this.#leaving.set(server, epoch);
    this.#work.run();
  }

  /** Leaves a server there that is polled again. */
  cancel(server: string): void {
    this.#leaving.delete(server);
  }

  async #removeAll(): Promise<void> {
    clearTimeout(this.#timer);
    const { redis, durable, logger, retryMs = RETRY_MS } = this.#options;
    if (redis.status === 'ready' && durable.status === 'ready') {
      for (const [server, epoch] of this.#leaving) {
        try {
          await this.#remove(server, epoch);
        } catch (error) {
          logger.debug(`server ${server} can't be removed from Redis yet: ${asError(error).message}`);
        }
      }
    }
    if (this.#leaving.size > 0 && !this.#isStopped) {
      this.#timer = setTimeout(() => {
        this.#work.run();
      }, retryMs).unref();
    }
  }

  async #remove(server: string, epoch: number): Promise<void> {
    const found = await this.#servers.find(server);
    // Who has taken it over polls it.
    const isOwn = found?.epoch === epoch;
    // Who names it takes it, or stops naming it.
    if (isOwn && this.#options.isNamedElsewhere(server)) return;
    const removed = isOwn ? await this.#servers.remove(found) : [];
    // It has published since; whether that was another one, the next look tells.
    if (removed === null || this.#leaving.get(server) !== epoch) return;
    this.#leaving.delete(server);
    this.#options.logger.info(
      isOwn
        ? `server ${server} is not listed any more and was removed from Redis`
        : `server ${server} is not listed any more; it stays in Redis, since another collector publishes it`,
    );
  }
}
