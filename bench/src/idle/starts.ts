import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Pace } from '../pace.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { type Program, startScript, startService } from '../rig/programs.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';

const PREFIX = 'mediamtx';
const HOST = 'bench';
const LOOK_MS = 5;
const PATIENCE_MS = 30_000;

/** How long services take from their start until what they make is there. */
export async function benchStarts(ending: Ending, { starts }: Pace): Promise<Readings> {
  const REDIS_URL = await startRedis(ending);
  const simulator = await startSimulatorProgram(ending, 1);
  const redis = connectRedis(ending, REDIS_URL);
  const names = redisNames(PREFIX);
  const isStored = async (key: string): Promise<boolean> => (await redis.exists(key)) === 1;
  const empty: number[] = [];
  const ofCollector: number[] = [];
  const ofApi: number[] = [];
  const ofHostAgent: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    await redis.flushall();
    empty.push(await startOfNode(ending));
    const meeting = { redisUrl: REDIS_URL, prefix: PREFIX };
    const collector = await timed(
      () => startCollector(ending, meeting, simulator.url),
      () => isStored(names.latest('streams', 'main')),
    );
    ofCollector.push(collector.tookMs);
    const port = await freePort();
    const api = await timed(
      () => startService(ending, 'api', { API_PORT: String(port), REDIS_URL, LOG_LEVEL: 'warn' }),
      () => answersStreams(port),
    );
    ofApi.push(api.tookMs);
    const hostAgent = await timed(
      () => startService(ending, 'host-agent', { REDIS_URL, HOST_ID: HOST, HEALTH_PORT: '0' }),
      () => isStored(names.host(HOST)),
    );
    ofHostAgent.push(hostAgent.tookMs);
    for (const { program } of [collector, api, hostAgent]) await program.end();
  }
  const beside = median(empty);
  return {
    'idle-collector-start': { value: median(ofCollector), beside },
    'idle-api-start': { value: median(ofApi), beside },
    'idle-host-agent-start': { value: median(ofHostAgent), beside },
  };
}

async function startOfNode(ending: Ending): Promise<number> {
  const startMs = performance.now();
  const script = startScript(ending, 'idle/empty.js', {});
  await script.message();
  const tookMs = performance.now() - startMs;
  await script.end();
  return tookMs;
}

/** Starts something, and waits until it is there. */
async function timed(
  start: () => Program,
  isThere: () => Promise<boolean>,
): Promise<{ readonly program: Program; readonly tookMs: number }> {
  const startMs = performance.now();
  const program = start();
  while (!(await isThere())) {
    if (performance.now() - startMs > PATIENCE_MS) throw new Error('a service was started and made nothing');
    await delay(LOOK_MS);
  }
  return { program, tookMs: performance.now() - startMs };
}

async function answersStreams(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/streams/latest`).catch(() => undefined);
  return Array.isArray(await answer?.json());
}
