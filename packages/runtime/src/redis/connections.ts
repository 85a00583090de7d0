import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from '../log/logger.ts';
import { watchConnection } from './watch.ts';

const MAX_RETRY_DELAY_MS = 500;
const CONNECT_TIMEOUT_MS = 5_000;
/** After this long without traffic, TCP asks whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;

export interface ConnectionOptions {
  /** `redis://` or `rediss://`; may hold a password, which is never logged. */
  readonly url: string;
  readonly logger: Logger;
  /** A command that takes longer fails, so that a paused Redis hangs nobody. */
  readonly commandTimeoutMs: number;
}

const common = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  keepAlive: KEEP_ALIVE_MS,
  retryStrategy: (attempt: number) => Math.min(50 * attempt, MAX_RETRY_DELAY_MS),
};

/**
 * A connection for commands. It neither queues nor replays: a command that can't be sent and answered now
 * fails now, so that nothing old ever arrives late.
 */
export function createCommandConnection({ url, logger, commandTimeoutMs }: ConnectionOptions): Redis {
  const redis = new Redis(url, {
    ...common,
    commandTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
  watchConnection(redis, logger, 'commands');
  return redis;
}

/**
 * A connection for subscriptions. It comes back by itself after an outage; who holds it subscribes at each
 * `ready`. (When ioredis subscribes again, nobody catches a failure of that, and it would end the process.)
 */
export function createSubscriberConnection({ url, logger, commandTimeoutMs }: ConnectionOptions): Redis {
  const redis = new Redis(url, {
    ...common,
    commandTimeout: commandTimeoutMs,
    autoResubscribe: false,
    maxRetriesPerRequest: null,
  });
  watchConnection(redis, logger, 'subscription');
  return redis;
}

/**
 * Connects, and resolves when that succeeded, failed or took longer than `patienceMs`; the connection goes on
 * trying by itself.
 */
export async function connectPatiently(redis: Redis, patienceMs: number): Promise<void> {
  const patience = new AbortController();
  const attempt = redis.connect().catch(() => undefined);
  await Promise.race([
    attempt,
    delay(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
}

/** Starts connecting; the connection goes on trying by itself, so a failure is only reported to its watcher. */
export function connectInBackground(redis: Redis): void {
  redis.connect().catch(() => undefined);
}
