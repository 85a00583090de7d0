import type { Health, HostRecord } from '@mediamtx-monitor/types';

/** From which share of a whole on it gets tight, in percent. */
const LIMITS = {
  cpu: { warning: 75, critical: 90 },
  memory: { warning: 85, critical: 95 },
  disk: { warning: 85, critical: 95 },
} as const;

export type LoadKind = keyof typeof LIMITS;

/** How tight a share of CPU, memory or disk is. */
export function loadHealth(kind: LoadKind, percent: number | null): Health {
  if (percent === null) return 'unknown';
  if (percent >= LIMITS[kind].critical) return 'critical';
  return percent >= LIMITS[kind].warning ? 'warning' : 'ok';
}

/** Whether someone should look at it. */
export function isTight(health: Health): boolean {
  return health === 'warning' || health === 'critical';
}

const ORDER: readonly Health[] = ['critical', 'warning', 'ok', 'unknown'];

/** The tightest of a host's CPU, memory and disks; `unknown` when none is known. */
export function hostHealth({ cpu, memory, disks }: HostRecord): Health {
  const all = [
    loadHealth('cpu', cpu.percent),
    loadHealth('memory', memory.usedPercent),
    ...(disks ?? []).map(({ usedPercent }) => loadHealth('disk', usedPercent)),
  ];
  return ORDER.find((health) => all.includes(health)) ?? 'unknown';
}
