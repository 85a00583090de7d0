import type { Logger } from '../log/logger.ts';
import type { RedisClient } from './client.ts';
import type { RedisOutages, WatchedConnection } from './outages.ts';

export interface WatchOptions extends WatchedConnection {
  readonly logger: Logger;
  /** Where this Redis is, for people. */
  readonly place: string;
  /** Shared by all connections of the process, so that an outage is told once. */
  readonly outages: RedisOutages;
  /** Why a connection failed, without secrets. @param wasThere whether this Redis was ever reached */
  readonly describe: (error: Error, wasThere: boolean) => string;
}

const NO_ERROR = 'connection closed';

/** Tells when a connection is lost and when it is back: once of all that go to the same Redis. */
class ConnectionReports {
  readonly #options: WatchOptions;
  #state: 'new' | 'lost' | 'ready' = 'new';
  #lastError = NO_ERROR;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Something went wrong; the first attempt has no other end. */
  failed(error: Error): void {
    const { outages, describe, setting } = this.#options;
    this.#lastError = describe(error, outages.hasReached(setting));
    if (this.#state === 'new') this.lost();
    else if (this.#state === 'lost') outages.lost(this.#options, this.#lastError);
  }

  /** The connection is gone. */
  lost(): void {
    const { logger, purpose, outages } = this.#options;
    if (this.#state === 'lost') return;
    const what = this.#state === 'new' ? `can't be reached` : 'is lost';
    this.#state = 'lost';
    const isNews = outages.lost(this.#options, this.#lastError);
    const text = `${this.#name} ${what}: ${this.#lastError}${this.#advice}; trying again until it is back${this.#meanwhile}`;
    logger[isNews ? 'warn' : 'debug'](text, { purpose });
  }

  /** The connection is there, for the first time or again. */
  ready(): void {
    const { logger, purpose, outages } = this.#options;
    const isBack = outages.ready(this.#options);
    this.#lastError = NO_ERROR;
    const what = this.#state === 'lost' ? 'is back' : 'is connected';
    this.#state = 'ready';
    logger[isBack ? 'info' : 'debug'](`${this.#name} ${what}`, { purpose });
  }

  /** What to look at where Redis was never reached; what names the setting says so already. */
  get #advice(): string {
    const { outages, setting } = this.#options;
    return outages.hasReached(setting) || this.#lastError.includes(setting) ? '' : `; check ${setting}`;
  }

  get #meanwhile(): string {
    const isDurable = this.#options.setting === 'REDIS_DURABLE_URL';
    return isDurable ? '; events, sessions and history wait for it' : '';
  }

  get #name(): string {
    return `Redis at ${this.#options.place} (${this.#options.setting})`;
  }
}

/**
 * Logs when Redis is lost, once an outage, and when it is back, and keeps `outages`. Without it ioredis prints by itself.
 */
export function watchConnection(redis: RedisClient, options: WatchOptions): void {
  const reports = new ConnectionReports(options);
  redis.on('error', (error: Error) => {
    reports.failed(error);
  });
  // Why one of several Sentinels doesn't say where the master is; when none does, that comes as an error.
  redis.on('sentinelError', (error: Error) => {
    reports.failed(error);
  });
  redis.on('reconnecting', () => {
    reports.lost();
  });
  redis.on('ready', () => {
    reports.ready();
  });
}
