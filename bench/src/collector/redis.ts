import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import { startApi } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { followStreams } from '../rig/follower.ts';
import { startScript } from '../rig/programs.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';
import { redisCpu } from './redis-cpu.ts';
import { TICK_MS, untilBeforeTick } from './ticks.ts';

const STREAMS = 1_000;
const PREFIX = 'mediamtx';

/**
 * What a tick costs Redis: one that a collector only stores in, one from which a replica of the API has all streams for
 * one client, as where a page is open, and one in which a plain loop stores. Each has a Redis of its own, at the same time.
 */
export async function benchRedis(ending: Ending, { warmUpMs, ticks }: Pace): Promise<Readings> {
  const urls = {
    unheard: await startRedis(ending),
    followed: await startRedis(ending),
    plain: await startRedis(ending),
  };
  const simulator = await startSimulatorProgram(ending, STREAMS);
  for (const redisUrl of [urls.unheard, urls.followed]) {
    startCollector(ending, { redisUrl, prefix: PREFIX }, simulator.url);
  }
  startScript(ending, 'collector/plain-loop.js', { REDIS_URL: urls.plain, MEDIAMTX_API_URL: simulator.url });
  await followStreams(ending, await startApi(ending, urls.followed, PREFIX));
  const redises = {
    unheard: connectRedis(ending, urls.unheard),
    followed: connectRedis(ending, urls.followed),
    plain: connectRedis(ending, urls.plain),
  };
  await delay(warmUpMs);
  await untilBeforeTick();
  const before = await spent(redises);
  await delay(ticks * TICK_MS);
  const after = await spent(redises);
  const perTick = (kind: 'commandsMs' | 'processMs', whose: keyof typeof redises): number =>
    (after[whose][kind] - before[whose][kind]) / ticks;
  const reading = (kind: 'commandsMs' | 'processMs', whose: 'unheard' | 'followed') => ({
    value: perTick(kind, whose),
    beside: perTick(kind, 'plain'),
  });
  return {
    'redis-unheard-commands': reading('commandsMs', 'unheard'),
    'redis-unheard-process': reading('processMs', 'unheard'),
    'redis-followed-commands': reading('commandsMs', 'followed'),
    'redis-followed-process': reading('processMs', 'followed'),
  };
}

async function spent(redises: Readonly<Record<'unheard' | 'followed' | 'plain', Redis>>) {
  return {
    unheard: await redisCpu(redises.unheard),
    followed: await redisCpu(redises.followed),
    plain: await redisCpu(redises.plain),
  };
}
