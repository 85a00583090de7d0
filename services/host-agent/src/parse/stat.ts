import type { CpuTimes, ProcessorFacts } from '../facts.ts';
import { parseCount, words } from './number.ts';

const MS_PER_SECOND = 1_000;

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
export function parseStat(text: string): ProcessorFacts {
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
