import { asError, type Clock, type Logger, type Part, RedisTime } from '@mediamtx-monitor/runtime';
import { GONE_MS, type RedisNames } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { createStoredServers } from './stored-subjects.ts';

export interface ExpectedElsewhereOptions {
  readonly redis: Redis;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ids of the own servers. */
  readonly servers: readonly string[];
  /** What the entries of `expected` match that name no servers. */
  readonly matches: readonly string[];
  /** How often it is looked whether there are other servers, in ms. */
  readonly lookMs?: number;
}

const LOOK_MS = 60_000;

/**
 * Warns once where an expectation is of every server and there are several: if their collectors read the same file, it
 * is missed on each of the others. Only Redis tells that there are others, and they may come later.
 */
export function createExpectedElsewhere(options: ExpectedElsewhereOptions): Part {
  const { redis, names, clock, logger, servers, matches, lookMs = LOOK_MS } = options;
  const stored = createStoredServers(redis, names);
  const time = new RedisTime(redis, clock);
  let timer: NodeJS.Timeout | undefined;

  async function others(): Promise<string[]> {
    await time.read();
    const found = await Promise.all((await stored.list()).map(stored.find));
    return found
      .flatMap((one) => one ?? [])
      .filter(({ id, publishedAtMs }) => !servers.includes(id) && time.inMs(-GONE_MS) <= (publishedAtMs ?? 0))
      .map(({ id }) => id)
      .sort();
  }

  async function look(): Promise<void> {
    if (redis.status !== 'ready') return;
    try {
      const found = await others();
      if (found.length === 0 || timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      const entries = matches.map((match) => JSON.stringify(match)).join(', ');
      logger.warn(
        `MONITOR_CONFIG expects ${entries} without servers, and there are other servers (${found.join(', ')}): a ` +
          'collector that reads the same file expects it there, too. ' +
          `Write servers: [${servers.join(', ')}], or the ids of all that it is about`,
      );
    } catch (error) {
      logger.debug(`other servers can't be looked for: ${asError(error).message}`);
    }
  }

  return {
    name: 'look for other servers',
    start: () => {
      timer = setInterval(() => void look(), lookMs).unref();
      return Promise.resolve();
    },
    stop: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
