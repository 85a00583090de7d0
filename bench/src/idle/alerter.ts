import { setTimeout as delay } from 'node:timers/promises';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { startScript, startService } from '../rig/programs.ts';
import { startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';
import { corePercent, memoryOf, type Pair } from './pair.ts';

const ONE = 'mediamtx';
const FLEET = 'fleet';
const STREAMS = 100;
const SERVERS_OF_FLEET = 200;
const STREAMS_OF_EACH = 500;

/** What alerters cost that have nobody to tell of anything: of one server, and of a fleet. */
export async function benchIdleAlerter(ending: Ending, { idleWarmUpMs, idleMs }: Pace): Promise<Readings> {
  const redisUrl = await startRedis(ending);
  const simulator = await startSimulatorProgram(ending, STREAMS);
  startCollector(ending, { redisUrl, prefix: ONE }, simulator.url);
  const fleet = [FLEET, String(SERVERS_OF_FLEET), String(STREAMS_OF_EACH)];
  await startScript(ending, 'idle/fleet-heads.js', { REDIS_URL: redisUrl }, ...fleet).message();
  const [one, all] = [startPair(ending, redisUrl, ONE), startPair(ending, redisUrl, FLEET)];
  await delay(idleWarmUpMs);
  const percents = [corePercent(one), corePercent(all)] as const;
  await delay(idleMs);
  return {
    'idle-alerter-cpu': percents[0](),
    'idle-alerter-memory': memoryOf(one),
    'idle-alerter-fleet-cpu': percents[1](),
    'idle-alerter-fleet-memory': memoryOf(all),
  };
}

function startPair(ending: Ending, redisUrl: string, prefix: string): Pair {
  const settings = { REDIS_URL: redisUrl, REDIS_KEY_PREFIX: prefix, HEALTH_PORT: '0' };
  return {
    ours: startService(ending, 'alerter', settings),
    plain: startScript(ending, 'idle/plain-heads-loop.js', { REDIS_URL: redisUrl }, prefix),
  };
}
