import type { HostProcess } from '@mediamtx-monitor/types';
import type { ProcessFacts } from '../facts.ts';
import { growth, perSecond, rounded } from './rates.ts';

/** Clock ticks in which Linux tells processor time: USER_HZ, 100 on all current architectures. */
const TICKS_PER_SECOND = 100;
const MS_PER_TICK = 1_000 / TICKS_PER_SECOND;

/** The year 10000, which a process that was really started hasn't seen. */
const END_OF_TIMES_MS = 253_402_300_800_000;

function startTime(bootedAtMs: number | null, startTicks: number): string | null {
  if (bootedAtMs === null) return null;
  const ms = bootedAtMs + startTicks * MS_PER_TICK;
  return ms < END_OF_TIMES_MS ? new Date(ms).toISOString() : null;
}

/** A process as it is shown: processor time from utime and stime, start from starttime and the machine's btime. */
export function deriveProcess(
  before: readonly ProcessFacts[] | null,
  now: ProcessFacts,
  elapsedMs: number,
  bootedAtMs: number | null,
): HostProcess {
  const { pid, cpuTicks, startTicks, threads, memoryBytes, openFiles } = now;
  const same = before?.find((each) => each.pid === pid && each.startTicks === startTicks);
  const ticksPerSecond = perSecond(growth(same?.cpuTicks, cpuTicks), elapsedMs);
  return {
    pid,
    startedAt: startTime(bootedAtMs, startTicks),
    cpuPercent: ticksPerSecond === null ? null : rounded((ticksPerSecond / TICKS_PER_SECOND) * 100, 2),
    memoryBytes,
    threads,
    openFiles,
  };
}
