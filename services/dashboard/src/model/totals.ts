import type { FleetSnapshot } from '../data/fleet.ts';

/** A sum, and whether everything that belongs to it was known. */
export interface Sum {
  /** `null`: nothing was known. */
  readonly value: number | null;
  readonly complete: boolean;
}

/** Sums over the fleet. A server that is silent or whose data is old adds nothing, and makes its sums incomplete. */
export interface FleetTotals {
  readonly streams: Sum;
  readonly live: Sum;
  /** Streams that should be there, and no server lists. */
  readonly missing: number;
  readonly readers: Sum;
  readonly inboundMbps: Sum;
  readonly outboundMbps: Sum;
}

export function fleetTotals(servers: FleetSnapshot['servers'], stale: ReadonlySet<string>): FleetTotals {
  const all = [...servers.values()].map(({ server, totals }) => (stale.has(server) ? undefined : totals));
  const live = all.map((totals) => totals?.states?.live);
  return {
    streams: sum(all.map((totals) => totals?.streams)),
    live: sum(live),
    missing: all.reduce((total, totals) => total + (totals?.missing ?? 0), 0),
    readers: sum(all.map((totals) => totals?.readers)),
    // No rate is known where nothing runs; that takes nothing from the sum.
    inboundMbps: sum(
      all.map((totals) => (totals?.states?.live === 0 ? (totals.inboundMbps ?? 0) : totals?.inboundMbps)),
    ),
    outboundMbps: sum(
      all.map((totals) => (totals?.states?.live === 0 ? (totals.outboundMbps ?? 0) : totals?.outboundMbps)),
    ),
  };
}

function sum(values: readonly (number | null | undefined)[]): Sum {
  const known = values.filter((value) => typeof value === 'number');
  return {
    value: known.length === 0 ? null : known.reduce((total, value) => total + value, 0),
    complete: known.length === values.length,
  };
}
