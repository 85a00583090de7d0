import type { Health, HostRecord } from '@mediamtx-monitor/types';
import { type Severity, worstFirst } from './severity.ts';

/** From which share of a whole on it gets tight, in percent. */
const LIMITS = {
  cpu: { warning: 75, critical: 90 },
  memory: { warning: 85, critical: 95 },
  disk: { warning: 85, critical: 95 },
} as const;

export type LoadKind = keyof typeof LIMITS;

/** A share of a host that is tight. */
export interface TightLoad {
  readonly kind: LoadKind;
  /** Where the disk is mounted; `null` for CPU and memory. */
  readonly mount: string | null;
  readonly percent: number;
  /** A busy CPU by itself is no more than a warning: it may be so for a moment, and streams may not suffer. */
  readonly severity: Severity;
}

/** How tight a share of CPU, memory or disk is. */
export function loadHealth(kind: LoadKind, percent: number | null): Health {
  if (percent === null) return 'unknown';
  if (percent >= LIMITS[kind].critical) return 'critical';
  return percent >= LIMITS[kind].warning ? 'warning' : 'ok';
}

/** How much it is to be told, which of a CPU is less than its bar says. */
function alarmOf(kind: LoadKind, percent: number | null): Health {
  const health = loadHealth(kind, percent);
  return kind === 'cpu' && health === 'critical' ? 'warning' : health;
}

/** Whether someone should look at it. */
export function isTight(health: Health): health is Severity {
  return health === 'warning' || health === 'critical';
}

/** All that is tight on a host, the worst first. */
export function tightLoads({ cpu, memory, disks }: HostRecord): readonly TightLoad[] {
  const loads = [
    { kind: 'cpu', mount: null, percent: cpu.percent },
    { kind: 'memory', mount: null, percent: memory.usedPercent },
    ...(disks ?? []).map(
      ({ mount, usedPercent }) => ({ kind: 'disk', mount, percent: usedPercent }) as const,
    ),
  ] as const;
  return worstFirst(
    loads.flatMap(({ kind, mount, percent }): TightLoad[] => {
      const severity = alarmOf(kind, percent);
      return percent !== null && isTight(severity) ? [{ kind, mount, percent, severity }] : [];
    }),
  );
}

const ORDER: readonly Health[] = ['critical', 'warning', 'ok', 'unknown'];

/** What of a host's CPU, memory and disks is worst, as it is told; `unknown` when none is known. */
export function hostHealth({ cpu, memory, disks }: HostRecord): Health {
  const all = [
    alarmOf('cpu', cpu.percent),
    alarmOf('memory', memory.usedPercent),
    ...(disks ?? []).map(({ usedPercent }) => alarmOf('disk', usedPercent)),
  ];
  return ORDER.find((health) => all.includes(health)) ?? 'unknown';
}
