import { setTimeout as delay } from 'node:timers/promises';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { startScript } from '../rig/programs.ts';
import { startRedis } from '../rig/redis.ts';
import { type AskedFor, startSimulatorProgram } from '../rig/simulator.ts';
import { TICK_MS, untilBeforeTick } from './ticks.ts';

const STREAMS = 100;

/** How often a collector asks in a tick where there are only streams of SRT and RTSP; each has a MediaMTX of its own. */
export async function benchRequests(ending: Ending, { warmUpMs, ticks }: Pace): Promise<Readings> {
  const redisUrl = await startRedis(ending);
  const ours = await startSimulatorProgram(ending, STREAMS, 'srt-rtsp');
  const plain = await startSimulatorProgram(ending, STREAMS, 'srt-rtsp');
  startCollector(ending, { redisUrl, prefix: 'mediamtx' }, ours.url);
  startScript(ending, 'collector/plain-loop.js', { REDIS_URL: redisUrl, MEDIAMTX_API_URL: plain.url });
  // As long as it takes until every stream was asked for what is known for ten minutes then.
  await delay(warmUpMs / 2);
  await untilBeforeTick();
  const before = { ours: await ours.requests(), plain: await plain.requests() };
  await delay(ticks * TICK_MS);
  const after = { ours: await ours.requests(), plain: await plain.requests() };
  const perTick = (kind: keyof AskedFor, whose: keyof typeof after): number =>
    (after[whose][kind] - before[whose][kind]) / ticks;
  return {
    'collector-requests': { value: perTick('lists', 'ours'), beside: perTick('lists', 'plain') },
    'collector-questions': { value: perTick('questions', 'ours') },
  };
}
