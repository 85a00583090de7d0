import { asError, type Clock, type Logger, type Part, RedisTime } from '@mediamtx-monitor/runtime';
import type { RedisNames } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { SubjectSilence } from './silence.ts';
import { createStoredServers } from './stored-subjects.ts';

export interface ForgettingOptions {
  readonly redis: Redis;
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
export function createForgetting(options: ForgettingOptions): Part {
  const { redis, names, clock, logger, afterMs, lookMs = LOOK_MS } = options;
  const servers = createStoredServers(redis, names);
  const time = new RedisTime(redis, clock);
  const silence = new SubjectSilence();
  let timer: NodeJS.Timeout | undefined;
  let complaint = '';

  async function look(): Promise<void> {
    await time.read();
    const ids = await servers.list();
    silence.keepOnly(new Set(ids));
    for (const id of ids) {
      const found = await servers.find(id);
      if (found === undefined) continue;
      const moment = { redisMs: time.inMs(0), monotonicMs: clock.monotonicMs() };
      const silentMs = silence.of(found, moment);
      if (silentMs <= afterMs || (await servers.remove(found)) === null) continue;
      logger.info(
        `server ${id} has published nothing for ${Math.floor(silentMs / MS_PER_DAY)} days and is forgotten`,
      );
    }
  }

  async function tryToLook(): Promise<void> {
    if (redis.status !== 'ready') return;
    try {
      await look();
      complaint = '';
    } catch (error) {
      const { message } = asError(error);
      if (message !== complaint) logger.warn(`servers that are gone can't be forgotten: ${message}`);
      complaint = message;
    }
  }

  return {
    name: 'forgetting of servers',
    start: () => {
      timer = setInterval(() => void tryToLook(), lookMs).unref();
      return Promise.resolve();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
