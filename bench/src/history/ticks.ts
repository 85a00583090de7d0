import { setTimeout as delay } from 'node:timers/promises';
import { TICK_MS, untilBeforeTick } from '../collector/ticks.ts';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { cpuMs } from '../rig/process-cost.ts';
import { startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';

/** What history adds to a collector's ticks: beside one that keeps none, at the same time, of the same simulator. */
export async function benchHistoryTicks(ending: Ending, { warmUpMs, ticks }: Pace): Promise<Readings> {
  const simulator = await startSimulatorProgram(ending, 1_000);
  const collectorWith = async (most: string) =>
    startCollector(ending, { redisUrl: await startRedis(ending), prefix: 'mediamtx' }, simulator.url, {
      HISTORY_MAX_STREAMS: most,
    });
  const [keeping, plain] = [await collectorWith('2000'), await collectorWith('0')];
  await delay(warmUpMs);
  await untilBeforeTick();
  const before = [cpuMs(keeping.pid), cpuMs(plain.pid)] as const;
  await delay(ticks * TICK_MS);
  const value = (cpuMs(keeping.pid) - before[0]) / ticks;
  return { 'history-tick': { value, beside: (cpuMs(plain.pid) - before[1]) / ticks } };
}
