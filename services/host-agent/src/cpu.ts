import type { HostCpu, HostRecord } from '@mediamtx-monitor/types';
import type { HostFiles } from './files.ts';
import { growth, parseCount, parseDecimal, percentOf, words } from './numbers.ts';

/** Processor time since the start in clock ticks, by what it was spent on; `null` where the kernel doesn't tell. */
export interface CpuTimes {
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number | null;
  readonly irq: number | null;
  readonly softirq: number | null;
  readonly steal: number | null;
}

/** What `proc/stat` tells. */
export interface CpuFacts {
  readonly all: CpuTimes | null;
  /** By the kernel's name of the core, as in `cpu0`. */
  readonly cores: ReadonlyMap<string, CpuTimes>;
  /** Unix time of the start of the machine. */
  readonly bootedAtMs: number | null;
}

/** Processes that ran or waited, on average over 1, 5 and 15 minutes. */
export type LoadFacts = Pick<HostRecord, 'load1' | 'load5' | 'load15'>;

const MS_PER_SECOND = 1_000;

export function readCpu(files: HostFiles): CpuFacts {
  return parseStat(files.text('/proc/stat') ?? '');
}

export function readLoad(files: HostFiles): LoadFacts {
  return parseLoad(files.text('/proc/loadavg') ?? '');
}

/**
 * Columns of a `cpu` line of proc/stat: user nice system idle iowait irq softirq steal guest guest_nice. Those after
 * idle came with kernels 2.5.41 (iowait), 2.6.0 (irq, softirq) and 2.6.11 (steal); guests are in user already.
 */
function parseTimes(columns: readonly string[]): CpuTimes | null {
  const [user, nice, system, idle, iowait, irq, softirq, steal] = columns.map(parseCount);
  if (user == null || nice == null || system == null || idle == null) return null;
  return {
    user,
    nice,
    system,
    idle,
    iowait: iowait ?? null,
    irq: irq ?? null,
    softirq: softirq ?? null,
    steal: steal ?? null,
  };
}

/** Reads proc/stat: the lines `cpu`, `cpu0`, … and `btime`. */
export function parseStat(text: string): CpuFacts {
  let all: CpuTimes | null = null;
  const cores = new Map<string, CpuTimes>();
  let bootedAtMs: number | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('cpu')) {
      const [name = '', ...columns] = words(line);
      const times = parseTimes(columns);
      if (name === 'cpu') all = times;
      else if (times !== null) cores.set(name, times);
    } else if (line.startsWith('btime ')) {
      const seconds = parseCount(words(line)[1]);
      bootedAtMs = seconds === null ? null : seconds * MS_PER_SECOND;
    }
  }
  return { all, cores, bootedAtMs };
}

/** Reads proc/loadavg: `0.20 0.18 0.12 1/80 11206`. */
export function parseLoad(text: string): LoadFacts {
  const [load1, load5, load15] = words(text).map(parseDecimal);
  return { load1: load1 ?? null, load5: load5 ?? null, load15: load15 ?? null };
}

const sum = (...times: readonly (number | null)[]): number =>
  times.reduce<number>((total, time) => total + (time ?? 0), 0);

const idleOf = ({ idle, iowait }: CpuTimes): number => sum(idle, iowait);
const userOf = ({ user, nice }: CpuTimes): number => sum(user, nice);
const systemOf = ({ system, irq, softirq }: CpuTimes): number => sum(system, irq, softirq);
const totalOf = (times: CpuTimes): number => sum(userOf(times), systemOf(times), idleOf(times), times.steal);
const busyOf = (times: CpuTimes): number => totalOf(times) - idleOf(times);

/** Share of one kind of time in all time since the last tick. */
function share(
  before: CpuTimes | null | undefined,
  now: CpuTimes | null | undefined,
  kind: (times: CpuTimes) => number | null,
): number | null {
  if (before == null || now == null) return null;
  return percentOf(growth(kind(before), kind(now)), growth(totalOf(before), totalOf(now)));
}

/**
 * Processor time since the last tick, from proc/stat. The kernel counts waiting for disks inexactly, and the count
 * may fall a little; together with idle it is exact, so busy is the total less both.
 */
export function deriveCpu(before: CpuFacts | null, { all, cores }: CpuFacts): HostCpu {
  const ofAll = (kind: (times: CpuTimes) => number | null): number | null => share(before?.all, all, kind);
  return {
    cores: cores.size === 0 ? null : cores.size,
    percent: ofAll(busyOf),
    userPercent: ofAll(userOf),
    systemPercent: ofAll(systemOf),
    iowaitPercent: ofAll(({ iowait }) => iowait),
    stealPercent: ofAll(({ steal }) => steal),
    corePercents:
      cores.size === 0 ? null : [...cores].map(([name, now]) => share(before?.cores.get(name), now, busyOf)),
  };
}
