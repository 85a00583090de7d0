import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, freePort, parseMetrics } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import { redisCpu } from '../collector/redis-cpu.ts';
import { startApi, type Served } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { followStreams } from '../rig/follower.ts';
import { cpuMs, residentMb } from '../rig/process-cost.ts';
import { type Program, startService } from '../rig/programs.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';

/** What is measured. */
export interface MeasuredFleet {
  readonly servers: number;
  /** Of each server. */
  readonly streams: number;
  readonly collectors: number;
  readonly replicas: number;
  /** Before anything is measured, and for how long each look is. */
  readonly warmUpMs: number;
  readonly windowMs: number;
}

/** What a process cost while it was looked at. */
export interface FleetCost {
  readonly what: string;
  /** Of one core. */
  readonly cpuPercent: number;
  readonly memoryMb: number;
  /** What Redis took in or gave out a second, in kB; `null` of what isn't Redis. */
  readonly redisKbPerSecond: { readonly in: number; readonly out: number } | null;
  /** Of a collector: the least of the histogram's limits within which 99 of 100 ticks were stored, in ms. */
  readonly tickP99Ms: number | null;
}

/** Simulators that the servers share: one alone would be busy with nothing but writing lists. */
const SIMULATORS = 4;
const CLIENTS = 200;
const PREFIX = 'fleet';
const PATIENCE_MS = 180_000;

/** Starts the fleet, and looks at it without clients, with one, and with many. */
export async function measureFleet(ending: Ending, fleet: MeasuredFleet): Promise<readonly FleetCost[]> {
  const redisUrl = await startRedis(ending);
  const redis = connectRedis(ending, redisUrl);
  const config = await configFile(ending, fleet);
  const collectors: Served[] = [];
  for (let one = 0; one < fleet.collectors; one += 1)
    collectors.push(await startSharing(ending, redisUrl, config));
  const replicas: Served[] = [];
  for (let one = 0; one < fleet.replicas; one += 1) replicas.push(await startApi(ending, redisUrl, PREFIX));
  const [replica] = replicas;
  if (replica === undefined) throw new Error('a fleet needs a replica');
  await allFresh(replica, fleet.servers);
  await delay(fleet.warmUpMs);

  const look = (whose: string): Promise<readonly FleetCost[]> =>
    lookAt(redis, { collectors, replicas, whose, windowMs: fleet.windowMs });
  const alone = await look('without clients');
  await followStreams(ending, replica, '?server=server-0');
  const one = await look('one client');
  for (let client = 1; client < CLIENTS; client += 1) {
    await followStreams(ending, replica, `?server=server-${client % fleet.servers}`);
  }
  const many = await look(`${CLIENTS} clients, each of one server`);
  return [...alone, ...one, ...many];
}

/** MONITOR_CONFIG of so many servers. */
async function configFile(ending: Ending, { servers, streams }: MeasuredFleet): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-fleet-'));
  ending.add(() => rm(folder, { recursive: true, force: true }));
  const urls: string[] = [];
  for (let one = 0; one < SIMULATORS; one += 1) urls.push((await startSimulatorProgram(ending, streams)).url);
  const list = Array.from({ length: servers }, (_, number) => ({
    id: `server-${number}`,
    url: urls[number % SIMULATORS],
  }));
  const path = join(folder, 'monitor.yml');
  // JSON is YAML.
  await writeFile(path, JSON.stringify({ servers: list }));
  return path;
}

async function startSharing(ending: Ending, redisUrl: string, config: string): Promise<Served> {
  const port = await freePort();
  const settings = {
    ...{ REDIS_URL: redisUrl, REDIS_KEY_PREFIX: PREFIX, MONITOR_CONFIG: config, JSON_FILE: '' },
    ...{ HEALTH_PORT: String(port), LOG_LEVEL: 'error' },
  };
  return { ...startService(ending, 'collector', settings), port };
}

async function allFresh({ port }: Served, servers: number): Promise<void> {
  await eventually(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/servers`);
    const { items } = (await answer.json()) as { readonly items: readonly { readonly stale: boolean }[] };
    const fresh = items.filter(({ stale }) => !stale).length;
    if (fresh < servers) throw new Error(`${fresh} of ${servers} servers are told of`);
  }, PATIENCE_MS);
}

interface LookedAt {
  readonly collectors: readonly Served[];
  readonly replicas: readonly Served[];
  /** Who is there meanwhile. */
  readonly whose: string;
  readonly windowMs: number;
}

async function lookAt(
  redis: Redis,
  { collectors, replicas, whose, windowMs }: LookedAt,
): Promise<readonly FleetCost[]> {
  const named: readonly (readonly [string, Program])[] = [
    ...collectors.map((program, index) => [`collector ${index + 1}`, program] as const),
    ...replicas.map((program, index) => [`replica ${index + 1}`, program] as const),
  ];
  const before = named.map(([, { pid }]) => cpuMs(pid));
  const ticksBefore = await Promise.all(collectors.map(tickCounts));
  const redisBefore = await redisNumbers(redis);
  const startMs = performance.now();
  await delay(windowMs);
  const redisAfter = await redisNumbers(redis);
  const elapsedMs = performance.now() - startMs;
  const perSecond = (name: 'inBytes' | 'outBytes'): number =>
    (redisAfter[name] - redisBefore[name]) / elapsedMs;
  const looks = named.map(([name, { pid }], index) => ({
    what: `${name}, ${whose}`,
    cpuPercent: ((cpuMs(pid) - (before[index] ?? 0)) / elapsedMs) * 100,
    memoryMb: residentMb(pid),
    redisKbPerSecond: null,
  }));
  const p99s = await Promise.all(
    collectors.map(async (collector, index) => p99Ms(ticksBefore[index] ?? [], await tickCounts(collector))),
  );
  return [
    ...looks.map((one, index) => ({ ...one, tickP99Ms: p99s[index] ?? null })),
    {
      what: `Redis, ${whose}`,
      cpuPercent: ((redisAfter.cpuMs - redisBefore.cpuMs) / elapsedMs) * 100,
      memoryMb: redisAfter.memoryMb,
      redisKbPerSecond: { in: perSecond('inBytes'), out: perSecond('outBytes') },
      tickP99Ms: null,
    },
  ];
}

/** How many ticks of all servers took at most so many ms. */
type TickCounts = readonly { readonly limitMs: number; readonly count: number }[];

async function tickCounts({ port }: Served): Promise<TickCounts> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const samples = parseMetrics(text).get('mediamtx_monitor_tick_duration_seconds')?.samples ?? [];
  const counts = new Map<number, number>();
  for (const { name, labels, value } of samples) {
    if (!name.endsWith('_bucket')) continue;
    const limitMs = labels['le'] === '+Inf' ? Infinity : Number(labels['le']) * 1_000;
    counts.set(limitMs, (counts.get(limitMs) ?? 0) + value);
  }
  return [...counts].map(([limitMs, count]) => ({ limitMs, count })).sort((a, b) => a.limitMs - b.limitMs);
}

/** `null` where no tick came. */
function p99Ms(before: TickCounts, after: TickCounts): number | null {
  const counts = after.map(({ limitMs, count }) => ({
    limitMs,
    count: count - (before.find((one) => one.limitMs === limitMs)?.count ?? 0),
  }));
  const all = counts.at(-1)?.count ?? 0;
  return all === 0 ? null : (counts.find(({ count }) => count >= 0.99 * all)?.limitMs ?? null);
}

async function redisNumbers(redis: Redis): Promise<{
  readonly cpuMs: number;
  readonly memoryMb: number;
  readonly inBytes: number;
  readonly outBytes: number;
}> {
  const text = await redis.info();
  const of = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1]);
  return {
    cpuMs: (await redisCpu(redis)).processMs,
    memoryMb: of('used_memory') / 1e6,
    inBytes: of('total_net_input_bytes'),
    outBytes: of('total_net_output_bytes'),
  };
}
