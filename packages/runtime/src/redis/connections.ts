import { Redis, type RedisOptions } from 'ioredis';
import { systemClock } from '../clock.ts';
import type { Part } from '../lifecycle/part.ts';
import type { Logger } from '../log/logger.ts';
import { patiently } from '../patience.ts';
import type { RedisTarget } from '../settings/redis.ts';
import { parseRedisUrl, type RedisAddress, redisPlace } from './address.ts';
import { followUrlFile } from './url-file.ts';
import { connectionFailure, isRefusedDatabase } from './connection-failure.ts';
import { RedisOutages } from './outages.ts';
import { watchConnection } from './watch.ts';

const MAX_RETRY_DELAY_MS = 500;
const CONNECT_TIMEOUT_MS = 5_000;
/** A start waits no longer for a connection; it is made in the background from then on. */
const START_PATIENCE_MS = 2_000;
/** After this long without traffic, TCP asks whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;

export interface ConnectionOptions extends RedisTarget {
  readonly logger: Logger;
  /** A command that takes longer fails, so that a paused Redis hangs nobody. */
  readonly commandTimeoutMs: number;
  /** What it is for, as people are told; `commands` or `subscription` unless given. */
  readonly purpose?: string;
}

const common = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  keepAlive: KEEP_ALIVE_MS,
  retryStrategy: (attempt: number) => Math.min(50 * attempt, MAX_RETRY_DELAY_MS),
};

type ClientOptions = Omit<RedisOptions, 'replyMapping'>;

function optionsOf(address: RedisAddress, ca: string | undefined): ClientOptions {
  const { host, port, socket, username, password, database, family, tls } = address;
  return {
    ...(socket === null ? { host: host ?? '', port, family } : { path: socket }),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    db: database,
    ...(tls ? { tls: ca === undefined ? {} : { ca } } : {}),
  };
}

function createConnection(options: ConnectionOptions, purpose: string, clientOptions: ClientOptions): Redis {
  const { url, setting = 'REDIS_URL', urlFile, ca, logger } = options;
  const { outages = new RedisOutages(systemClock) } = options;
  const address = parseRedisUrl(url);
  const redis = new Redis({ ...common, ...clientOptions, ...optionsOf(address, ca) });
  watchConnection(redis, {
    ...{ setting, purpose, logger, outages },
    place: redisPlace(address),
    describe: (error) => connectionFailure(error, address, setting),
  });
  redis.on('error', (error: Error) => {
    // ioredis would go on in database 0; this way it isn't ready until it is where it should be.
    if (isRefusedDatabase(error)) redis.disconnect(true);
  });
  followUrlFile(redis, { url, setting, urlFile, logger, purpose });
  return redis;
}

/**
 * A connection for commands. It neither queues nor replays: a command that can't be sent and answered now
 * fails now, so that nothing old ever arrives late.
 * @throws {RedisAddressError}
 */
export function createCommandConnection(options: ConnectionOptions): Redis {
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
export function createSubscriberConnection(options: ConnectionOptions): Redis {
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
export async function connectPatiently(redis: Redis, patienceMs: number): Promise<void> {
  await patiently(
    redis.connect().catch(() => undefined),
    patienceMs,
  );
}

/** Starts connecting; the connection goes on trying by itself, so a failure is only reported to its watcher. */
export function connectInBackground(redis: Redis): void {
  redis.connect().catch(() => undefined);
}

/** A connection as a part of a service: its start waits a while for it, or as `start` has it. */
export function connectionPart(
  name: string,
  redis: Redis,
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
