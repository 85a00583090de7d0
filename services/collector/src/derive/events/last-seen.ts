import type { ConnectionRecord } from '@mediamtx-monitor/types';
import type { Baseline } from './baseline.ts';
import { withLastCounters } from './session.ts';

/**
 * Connections as they were seen last. Whoever goes on after a collector that ended takes their counters from here, since
 * totals are written down every few minutes only.
 */
export interface SeenConnections {
  /** Those of the newest snapshot. */
  readonly connections: readonly ConnectionRecord[];
  /** Those that are gone since, and whose end may not be stored yet; the last to go is the last. */
  readonly gone: readonly ConnectionRecord[];
}

/** So many that are gone are kept: each tick in which one goes publishes all of them. */
const MAX_GONE = 1_000;

export const NONE_GONE: SeenConnections['gone'] = [];

/** While the list of its protocol can't be read, a connection is published without counters. */
const hasCounters = ({ inboundBytes, outboundBytes }: ConnectionRecord): boolean =>
  inboundBytes !== null || outboundBytes !== null;

/** Who is seen now, and who is gone. Pure, and linear in the number of connections. */
export function seenNow(before: SeenConnections, now: readonly ConnectionRecord[]): SeenConnections {
  const known = new Map(before.connections.map((record) => [record.id, record]));
  const connections = now.map((record) => (hasCounters(record) ? record : (known.get(record.id) ?? record)));
  for (const { id } of now) known.delete(id);
  const gone = [...known.values()].filter(({ stream }) => stream !== null);
  return { connections, gone: gone.length === 0 ? before.gone : [...before.gone, ...gone].slice(-MAX_GONE) };
}

/** The baseline with the counters of its sessions as they were seen last; what was told is known by the baseline alone. */
export function withLastSeen(baseline: Baseline, { connections, gone }: SeenConnections): Baseline {
  const sessions = new Map(baseline.sessions);
  for (const record of [...gone, ...connections]) {
    const open = sessions.get(record.id);
    if (open === undefined || open.owner.stream !== record.stream) continue;
    sessions.set(record.id, withLastCounters(open, record));
  }
  return { ...baseline, sessions };
}
