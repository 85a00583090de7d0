import type { Redis } from 'ioredis';
import { errorText } from '../error-text.ts';
import type { Logger } from '../log/logger.ts';
import type { RedisOutages } from './outages.ts';

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
  let reported: 'none' | 'lost' | 'ready' = 'none';
  let lastError = 'connection closed';
  const reportLoss = (): void => {
    if (reported === 'lost') return;
    const what = reported === 'none' ? "can't be reached" : 'connection lost';
    reported = 'lost';
    outages?.lost(purpose, lastError);
    logger.warn(`Redis ${what} (${purpose}): ${lastError}; trying again until it is back`);
  };
  redis.on('error', (error: Error) => {
    lastError = describe(error);
    if (reported === 'none') reportLoss();
    else if (reported === 'lost') outages?.lost(purpose, lastError);
  });
  redis.on('reconnecting', reportLoss);
  redis.on('ready', () => {
    lastError = 'connection closed';
    if (reported === 'lost') logger.info(`Redis is back (${purpose})`);
    else logger.debug(`Redis connected (${purpose})`);
    reported = 'ready';
    outages?.ready(purpose);
  });
}
