import type { HostCpu } from '@mediamtx-monitor/types';
import type { CpuTimes, ProcessorFacts } from '../facts.ts';
import { growth, percentOf } from './rates.ts';

const sum = (...times: readonly (number | null)[]): number =>
  times.reduce<number>((total, time) => total + (time ?? 0), 0);

const idleOf = ({ idle, iowait }: CpuTimes): number => sum(idle, iowait);
const userOf = ({ user, nice }: CpuTimes): number => sum(user, nice);
const systemOf = ({ system, irq, softirq }: CpuTimes): number => sum(system, irq, softirq);
const totalOf = (times: CpuTimes): number => sum(userOf(times), systemOf(times), idleOf(times), times.steal);

/** Share of one kind of time in all time since the last tick. */
function share(
  before: CpuTimes | null | undefined,
  now: CpuTimes | null | undefined,
  kind: (times: CpuTimes) => number | null,
): number | null {
  if (before == null || now == null) return null;
  return percentOf(growth(kind(before), kind(now)), growth(totalOf(before), totalOf(now)));
}

const busyOf = (times: CpuTimes): number => totalOf(times) - idleOf(times);

/**
 * Processor time since the last tick, from proc/stat. The kernel counts waiting for disks inexactly, and the count
 * may fall a little; together with idle it is exact, so busy is the total less both.
 */
export function deriveCpu(before: ProcessorFacts | null, { all, cores }: ProcessorFacts): HostCpu {
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
