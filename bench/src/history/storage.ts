import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryWriter, observed } from '@mediamtx-monitor/runtime';
import { startRedisServer } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import { redisCpu } from '../collector/redis-cpu.ts';
import type { Readings } from '../figures.ts';
import type { Ending } from '../rig/ending.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { fillHistory, names, streamNames } from './fill.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What is put into slots doesn't depend on how many ticks they are made of. */
const INTERVAL_MS = 10_000;
const WARM_UP_MS = 15 * MINUTE_MS;
/** A whole number of hours, so that what each key takes once is there. */
const MEASURED_MS = 60 * MINUTE_MS;

/** What the history of so many streams takes of the durable Redis: memory, processor time, append-only file. */
export async function benchStorage(ending: Ending, streams: 100 | 500 | 2_000): Promise<Readings> {
  const kilobytes = await memoryOf(ending, streams);
  const { cpuMs, appendedMb } = await writingOf(ending, streams);
  return {
    [`history-${streams}-memory`]: { value: kilobytes },
    [`history-${streams}-cpu`]: { value: cpuMs },
    [`history-${streams}-file`]: { value: appendedMb },
  };
}

/** Of each stream in kB, when all that is kept is there. */
async function memoryOf(ending: Ending, streams: number): Promise<number> {
  const redis = connectRedis(ending, await startRedis(ending));
  const before = await infoNumber(redis, 'memory', 'used_memory');
  await fillHistory(redis, names, streamNames(streams), Date.now());
  const after = await infoNumber(redis, 'memory', 'used_memory');
  await redis.flushall();
  return (after - before) / streams / 1_000;
}

/** Of an hour of a collector's writing, which is made to pass faster. */
async function writingOf(ending: Ending, streams: number) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));
  ending.add(() => {
    rmSync(folder, { recursive: true });
  });
  const { url, stop } = await startRedisServer([
    ...['--appendonly', 'yes', '--dir', folder],
    ...['--auto-aof-rewrite-percentage', '0'],
  ]);
  ending.add(stop);
  const durable = connectRedis(ending, url);
  const live = connectRedis(ending, await startRedis(ending));
  let nowMs = Math.ceil(Date.now() / DAY_MS) * DAY_MS - WARM_UP_MS;
  live.time = () => Promise.resolve([nowMs / 1_000, 0]);
  const clock = { monotonicMs: () => nowMs };
  const log = () => undefined;
  const logger = { error: log, warn: log, info: log, debug: log };
  const writer = new HistoryWriter({ live, durable, names, clock, logger });
  const pass = async (ms: number): Promise<void> => {
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += INTERVAL_MS) {
      writer.add(INTERVAL_MS, [[{ kind: 'streams', server: 'main' }, observedAt(nowMs, streams)]]);
      await writer.idle();
    }
  };
  await pass(WARM_UP_MS);
  const before = await spent(durable);
  await pass(MEASURED_MS);
  const after = await spent(durable);
  return {
    cpuMs: after.cpuMs - before.cpuMs,
    appendedMb: ((after.fileBytes - before.fileBytes) / 1e6) * (DAY_MS / MEASURED_MS),
  };
}

function observedAt(nowMs: number, streams: number) {
  const wave = Math.sin(nowMs / MINUTE_MS);
  const subjects = streamNames(streams).map((name, place) => ({
    name,
    state: 'live',
    health: 'ok' as const,
    values: {
      inboundMbps: 4 + wave + (place % 7),
      outboundMbps: 8 + 3 * wave,
      readers: place % 9,
      rttP95Ms: 20 + 5 * wave,
      lossPercent: 0,
      discardsPerSecond: 0,
    },
  }));
  return observed('stream', subjects);
}

async function spent(redis: Redis) {
  const { processMs: cpuMs } = await redisCpu(redis);
  return { cpuMs, fileBytes: await infoNumber(redis, 'persistence', 'aof_current_size') };
}

async function infoNumber(redis: Redis, section: string, name: string): Promise<number> {
  const match = new RegExp(`^${name}:(\\d+)`, 'm').exec(await redis.info(section));
  if (match === null) throw new Error(`Redis doesn't tell ${name}`);
  return Number(match[1]);
}
