import type { RedisOptions } from 'ioredis';
import { systemClock } from '../clock.ts';
import type { Part } from '../lifecycle/part.ts';
import type { Logger } from '../log/logger.ts';
import { patiently } from '../patience.ts';
import type { RedisTarget } from '../settings/redis-target.ts';
import { parseRedisUrl } from './address.ts';
import { connect, createClient, type RedisClient } from './client.ts';
import { connectionFailure, isRefusedDatabase, placeOf } from './connection-failure.ts';
import { followSentinelPassword, followUrlFile } from './followed-files.ts';
import { RedisOutages } from './outages.ts';
import { watchConnection } from './watch.ts';

/** A start waits no longer for a connection; it is made in the background from then on. */
const START_PATIENCE_MS = 2_000;

export interface ConnectionOptions extends RedisTarget {
  readonly logger: Logger;
  /** A command that takes longer fails, so that a paused Redis hangs nobody. */
  readonly commandTimeoutMs: number;
  /** What it is for, as people are told; `commands` or `subscription` unless given. */
  readonly purpose?: string;
}

function createConnection(
  options: ConnectionOptions,
  purpose: string,
  clientOptions: Omit<RedisOptions, 'replyMapping'>,
): RedisClient {
  const { url, setting = 'REDIS_URL', urlFile, logger, sentinel } = options;
  const { outages = new RedisOutages(systemClock) } = options;
  const address = parseRedisUrl(url);
  const redis = createClient(options, address, clientOptions);
  watchConnection(redis, {
    ...{ setting, purpose, logger, outages },
    place: placeOf(address, sentinel),
    describe: (error, wasThere) => connectionFailure(error, { ...options, setting, address, wasThere }),
  });
  redis.on('error', (error: Error) => {
    // ioredis would go on in database 0; this way it isn't ready until it is where it should be.
    if (isRefusedDatabase(error)) redis.disconnect(true);
  });
  followUrlFile(redis, { url, setting, urlFile, logger, purpose });
  followSentinelPassword(redis, { sentinel, logger });
  return redis;
}

/**
 * A connection for commands. It neither queues nor replays: a command that can't be sent and answered now
 * fails now, so that nothing old ever arrives late.
 * @throws {RedisAddressError}
 */
export function createCommandConnection(options: ConnectionOptions): RedisClient {
  return createConnection(options, options.purpose ?? 'commands', {
    commandTimeout: options.commandTimeoutMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}

/**
 * A connection for subscriptions. It comes back by itself after an outage; who holds it subscribes at each
 * `ready`. (When ioredis subscribes again, nobody catches a failure of that, and it would end the process.)
 * @throws {RedisAddressError}
 */
export function createSubscriberConnection(options: ConnectionOptions): RedisClient {
  return createConnection(options, options.purpose ?? 'subscription', {
    commandTimeout: options.commandTimeoutMs,
    autoResubscribe: false,
    maxRetriesPerRequest: null,
  });
}

/**
 * Connects, and resolves when that succeeded, failed or took longer than `patienceMs`; the connection goes on
 * trying by itself.
 */
export async function connectPatiently(redis: RedisClient, patienceMs: number): Promise<void> {
  await patiently(
    connect(redis).catch(() => undefined),
    patienceMs,
  );
}

/** Starts connecting; the connection goes on trying by itself, so a failure is only reported to its watcher. */
export function connectInBackground(redis: RedisClient): void {
  redis.connect().catch(() => undefined);
}

/** A connection as a part of a service: its start waits a while for it, or as `start` has it. */
export function connectionPart(
  name: string,
  redis: RedisClient,
  start: Part['start'] = () => connectPatiently(redis, START_PATIENCE_MS),
): Part {
  return {
    name,
    start,
    stop: () => {
      redis.disconnect();
    },
  };
}
