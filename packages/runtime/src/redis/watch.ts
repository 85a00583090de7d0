import type { Redis } from 'ioredis';
import { errorText } from '../error-text.ts';
import type { Logger } from '../log/logger.ts';
import type { RedisOutages } from './outages.ts';

interface ConnectionReportsOptions {
  readonly logger: Logger;
  /** What the connection is for. */
  readonly purpose: string;
  readonly outages: RedisOutages | undefined;
}

const NO_ERROR = 'connection closed';

/** Tells when a connection is lost, once an outage, and when it is back. */
class ConnectionReports {
  readonly #options: ConnectionReportsOptions;
  #reported: 'none' | 'lost' | 'ready' = 'none';
  #lastError = NO_ERROR;

  constructor(options: ConnectionReportsOptions) {
    this.#options = options;
  }

  /** Something went wrong; the first attempt has no other end. */
  failed(error: string): void {
    const { purpose, outages } = this.#options;
    this.#lastError = error;
    if (this.#reported === 'none') this.lost();
    else if (this.#reported === 'lost') outages?.lost(purpose, error);
  }

  /** The connection is gone. */
  lost(): void {
    const { logger, purpose, outages } = this.#options;
    if (this.#reported === 'lost') return;
    const what = this.#reported === 'none' ? "can't be reached" : 'connection lost';
    this.#reported = 'lost';
    outages?.lost(purpose, this.#lastError);
    logger.warn(`Redis ${what} (${purpose}): ${this.#lastError}; trying again until it is back`);
  }

  /** The connection is there, for the first time or again. */
  ready(): void {
    const { logger, purpose, outages } = this.#options;
    this.#lastError = NO_ERROR;
    if (this.#reported === 'lost') logger.info(`Redis is back (${purpose})`);
    else logger.debug(`Redis connected (${purpose})`);
    this.#reported = 'ready';
    outages?.ready(purpose);
  }
}

/**
 * Logs when a connection is lost, once an outage, and when it is back, and keeps `outages`. Without it ioredis prints by
 * itself.
 */
export function watchConnection(
  redis: Redis,
  logger: Logger,
  purpose: string,
  describe: (error: Error) => string = errorText,
  outages?: RedisOutages,
): void {
  const reports = new ConnectionReports({ logger, purpose, outages });
  redis.on('error', (error: Error) => {
    reports.failed(describe(error));
  });
  redis.on('reconnecting', () => {
    reports.lost();
  });
  redis.on('ready', () => {
    reports.ready();
  });
}
