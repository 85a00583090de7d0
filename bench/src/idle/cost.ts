import { setTimeout as delay } from 'node:timers/promises';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import { startApi } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { followStreams } from '../rig/follower.ts';
import { type Program, startScript, startService } from '../rig/programs.ts';
import { startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';
import { corePercent, memoryOf } from './pair.ts';

const PREFIX = 'mediamtx';

/** What services cost that have nearly nothing to do: all of them together, as they run on one machine. */
export async function benchIdle(ending: Ending, { idleWarmUpMs, idleMs }: Pace): Promise<Readings> {
  const REDIS_URL = await startRedis(ending);
  const simulator = await startSimulatorProgram(ending, 1);
  const toMediamtx = { REDIS_URL, MEDIAMTX_API_URL: simulator.url };
  const pairs = {
    collector: {
      ours: startCollector(ending, { redisUrl: REDIS_URL, prefix: PREFIX }, simulator.url),
      plain: startScript(ending, 'collector/plain-loop.js', toMediamtx),
    },
    api: {
      ours: await startApi(ending, REDIS_URL, PREFIX),
      plain: startScript(ending, 'idle/plain-subscriber.js', { REDIS_URL }, PREFIX),
    },
    followedApi: {
      ours: await startFollowedApi(ending, REDIS_URL),
      plain: startScript(ending, 'idle/plain-subscriber.js', { REDIS_URL }, PREFIX),
    },
    hostAgent: {
      ours: startService(ending, 'host-agent', { REDIS_URL, HEALTH_PORT: '0' }),
      plain: startScript(ending, 'idle/plain-host-loop.js', { REDIS_URL }),
    },
  };
  await delay(idleWarmUpMs);
  const percents = {
    collector: corePercent(pairs.collector),
    api: corePercent(pairs.api),
    followedApi: corePercent(pairs.followedApi),
    hostAgent: corePercent(pairs.hostAgent),
  };
  await delay(idleMs);
  return {
    'idle-collector-cpu': percents.collector(),
    'idle-collector-memory': memoryOf(pairs.collector),
    'idle-api-cpu': percents.api(),
    'idle-api-followed-cpu': percents.followedApi(),
    'idle-api-memory': memoryOf(pairs.api),
    'idle-host-agent-cpu': percents.hostAgent(),
    'idle-host-agent-memory': memoryOf(pairs.hostAgent),
  };
}

/** A replica with one client, as where a page is open. */
async function startFollowedApi(ending: Ending, redisUrl: string): Promise<Program> {
  const api = await startApi(ending, redisUrl, PREFIX);
  await followStreams(ending, api);
  return api;
}
