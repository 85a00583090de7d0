import type { Health, HostReasonCode, HostRecord, Reason, Severity } from '@mediamtx-monitor/types';
import { worstFirst } from './health.ts';

/** From which share of a whole on a host gets tight, in percent: of its processor time, its memory, each disk. */
export const HOST_LIMITS = {
  cpu: { warning: 75, critical: 90 },
  memory: { warning: 85, critical: 95 },
  disk: { warning: 85, critical: 95 },
} as const;

/**
 * From how many packets a second on it counts that a host's network throws some away. Linux counts frames of protocols
 * it doesn't know as dropped, too; of those there are always a few.
 */
export const DROPS_LIMIT_PER_SECOND = 10;

/** What of a host can get tight. */
export type HostLoadKind = keyof typeof HOST_LIMITS;

/** A share of a host that is tight. */
export interface TightLoad {
  readonly kind: HostLoadKind;
  /** Where the disk is mounted; `null` for CPU and memory. */
  readonly mount: string | null;
  readonly percent: number;
  /** The limit that `percent` has reached. */
  readonly limitPercent: number;
  /** A busy CPU by itself is no more than a warning: it may be so for a moment, and streams may not suffer. */
  readonly severity: Severity;
}

/** What of a host's record says how tight it is. */
type HostLoads = Pick<HostRecord, 'cpu' | 'memory' | 'disks'>;
/** The same, with what its agent says of it. */
type JudgedHost = HostLoads & Pick<HostRecord, 'health' | 'reasons'>;

const CODES: Readonly<Record<HostLoadKind, HostReasonCode>> = {
  cpu: 'cpu-high',
  memory: 'memory-high',
  disk: 'disk-high',
};
const KINDS = ['cpu', 'memory', 'disk'] as const satisfies readonly HostLoadKind[];

/** How tight a share of CPU, memory or disk is; `unknown` of one that wasn't measured. A CPU is no more than a warning. */
export function loadHealth(kind: HostLoadKind, percent: number | null): Health {
  if (percent === null) return 'unknown';
  const limit = limitReached(kind, percent);
  return limit === null ? 'ok' : severityOf(kind, limit);
}

function severityOf(kind: HostLoadKind, limit: Severity): Severity {
  return kind === 'cpu' ? 'warning' : limit;
}

/** The greater limit that a share has reached; `null` below both. */
function limitReached(kind: HostLoadKind, percent: number): Severity | null {
  if (percent >= HOST_LIMITS[kind].critical) return 'critical';
  return percent >= HOST_LIMITS[kind].warning ? 'warning' : null;
}

/**
 * Health and reasons of a host, from its shares.
 * @param before its reasons in the record before: one that stands on keeps its `since`
 * @param at when the host was looked at (RFC 3339, UTC)
 */
export function judgeHost(
  host: HostLoads,
  before: readonly Reason[],
  at: string,
): { readonly health: Health; readonly reasons: readonly Reason[] } {
  const reasons = measuredLoads(host).map(({ kind, mount, percent, limitPercent, severity }): Reason => {
    const [code, detail] = [CODES[kind], mount ?? undefined];
    const stood = before.find(
      (one) => one.code === code && one.detail === detail && one.severity === severity,
    );
    const since = stood?.since ?? at;
    return {
      code,
      severity,
      measured: percent,
      limit: limitPercent,
      since,
      ...(detail !== undefined && { detail }),
    };
  });
  return { health: measuredHealth(host), reasons };
}

/** All that is tight on a host, the worst first, as its agent says; one before 0.2 leaves it to the same rules. */
export function tightLoads(host: JudgedHost): readonly TightLoad[] {
  return host.reasons?.flatMap(loadOf) ?? measuredLoads(host);
}

/** What a reason says is tight; nothing for a code that isn't known here. */
function loadOf({ code, severity, measured, limit, detail = null }: Reason): TightLoad[] {
  const kind = KINDS.find((one) => CODES[one] === code);
  if (kind === undefined || measured === null || limit === null) return [];
  return [{ kind, mount: detail, percent: measured, limitPercent: limit, severity }];
}

function measuredLoads(host: HostLoads): readonly TightLoad[] {
  return worstFirst(
    loadsOf(host).flatMap(({ kind, mount, percent }): TightLoad[] => {
      const limit = percent === null ? null : limitReached(kind, percent);
      if (percent === null || limit === null) return [];
      const limitPercent = HOST_LIMITS[kind][limit];
      return [{ kind, mount, percent, limitPercent, severity: severityOf(kind, limit) }];
    }),
  );
}

/** A host's health: that of what is tightest, `unknown` where none of its loads is known. */
export function hostHealth(host: JudgedHost): Health {
  return host.health ?? measuredHealth(host);
}

function measuredHealth(host: HostLoads): Health {
  const [worst] = measuredLoads(host);
  if (worst !== undefined) return worst.severity;
  return loadsOf(host).some(({ percent }) => percent !== null) ? 'ok' : 'unknown';
}

interface MeasuredLoad extends Pick<TightLoad, 'kind' | 'mount'> {
  readonly percent: number | null;
}

function loadsOf({ cpu, memory, disks }: HostLoads): readonly MeasuredLoad[] {
  return [
    { kind: 'cpu', mount: null, percent: cpu.percent },
    { kind: 'memory', mount: null, percent: memory.usedPercent },
    ...(disks ?? []).map(({ mount, usedPercent }): MeasuredLoad => ({
      kind: 'disk',
      mount,
      percent: usedPercent,
    })),
  ];
}

/**
 * The host a server runs on: the one of the same name; else, of a fleet with one server, the only host that runs a
 * MediaMTX. Anything else would be a guess: `undefined`.
 * @param serverCount servers of the fleet
 * @param hosts all of its hosts
 */
export function hostOf(
  server: string,
  serverCount: number,
  hosts: readonly HostRecord[],
): HostRecord | undefined {
  const same = hosts.find(({ host }) => host === server);
  if (same !== undefined || serverCount !== 1) return same;
  const running = hosts.filter(({ mediamtx }) => mediamtx !== null && mediamtx.length > 0);
  return running.length === 1 ? running[0] : undefined;
}
