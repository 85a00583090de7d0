import { setTimeout as delay } from 'node:timers/promises';
import type { Reading } from '../figure.ts';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { cpuMs, residentMb } from '../rig/process-cost.ts';
import { startScript } from '../rig/programs.ts';
import { startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';
import { countCompleteTicks } from './complete.ts';

export const TICK_MS = 2_000;
const PREFIX = 'mediamtx';
/** How long before a tick is measured, when the one before is done. */
const BEFORE_TICK_MS = 50;

type Streams = 100 | 1_000 | 10_000;

/**
 * What a tick costs a collector, beside a plain poll-and-store loop with a Redis of its own, that runs at
 * the same time against the same simulator.
 */
export async function benchTicks(ending: Ending, pace: Pace, streams: Streams): Promise<Readings> {
  const { warmUpMs, ticks } = pace;
  const urls = { ours: await startRedis(ending), plain: await startRedis(ending) };
  const simulator = await startSimulatorProgram(ending, streams);
  const collector = startCollector(ending, { redisUrl: urls.ours, prefix: PREFIX }, simulator.url);
  const loop = startScript(ending, 'collector/plain-loop.js', {
    REDIS_URL: urls.plain,
    MEDIAMTX_API_URL: simulator.url,
  });
  const complete = countCompleteTicks(ending, urls.ours, PREFIX);
  await delay(warmUpMs);

  await untilBeforeTick();
  const completeBefore = complete.count;
  const before = { ours: cpuMs(collector.pid), plain: cpuMs(loop.pid) };
  await delay(ticks * TICK_MS);
  const cpu: Reading = {
    value: (cpuMs(collector.pid) - before.ours) / ticks,
    beside: (cpuMs(loop.pid) - before.plain) / ticks,
  };
  return {
    [`collector-${streams}-cpu`]: cpu,
    [`collector-${streams}-memory`]: { value: residentMb(collector.pid), beside: residentMb(loop.pid) },
    [`collector-${streams}-complete`]: { value: (100 * (complete.count - completeBefore)) / ticks },
  };
}

/** Both tick when the wall clock shows an even second. */
export async function untilBeforeTick(): Promise<void> {
  await delay(TICK_MS - ((Date.now() + BEFORE_TICK_MS) % TICK_MS));
}
