import { isIll } from '@mediamtx-monitor/model';
import type { StreamRecord, StreamsHead } from '@mediamtx-monitor/types';
import { DEFAULT_SORT } from '../data/view.ts';
import { sortStreams } from './selection.ts';
import { displayName, keyOf, type ListedStream, lookOf, needsAttention } from './streams.ts';

/** A stream that needs attention, as far as that has to be known to say so. */
export interface IllStream extends Pick<ListedStream, 'key' | 'label' | 'health' | 'reasons'> {
  readonly stream: Pick<StreamRecord, 'server' | 'name'>;
}

/** How all streams of the fleet are together. */
export interface FleetStreams {
  /** Those that need attention and are known by name, the most urgent first. */
  readonly ill: readonly IllStream[];
  /** How many need attention; heads of servers name only the worst. */
  readonly illCount: number;
  /** How many are of unknown health. */
  readonly unknown: number;
  readonly live: number;
  readonly resting: number;
}

/** As the list of all of them has it. */
export function streamsOfList(list: readonly ListedStream[]): FleetStreams {
  const ill = sortStreams(list.filter(needsAttention), DEFAULT_SORT);
  const live = list.filter(({ health, stream }) => lookOf(health, stream.state) === 'ok').length;
  const unknown = list.filter(({ health }) => health === 'unknown').length;
  return { ill, illCount: ill.length, unknown, live, resting: list.length - live };
}

/**
 * As the heads of servers tell it.
 * @param stale servers whose data is too old to be believed: their streams are of unknown health
 */
export function streamsOfHeads(
  heads: ReadonlyMap<string, StreamsHead>,
  stale: ReadonlySet<string>,
): FleetStreams {
  const all = [...heads.values()].map((head) => ofHead(head, heads.size > 1, stale.has(head.server)));
  const sum = (valueOf: (one: FleetStreams) => number): number =>
    all.reduce((total, one) => total + valueOf(one), 0);
  const ill = all.flatMap((one) => one.ill);
  return {
    ill: [
      ...ill.filter(({ health }) => health === 'critical'),
      ...ill.filter(({ health }) => health !== 'critical'),
    ],
    illCount: sum(({ illCount }) => illCount),
    unknown: sum(({ unknown }) => unknown),
    live: sum(({ live }) => live),
    resting: sum(({ resting }) => resting),
  };
}

function ofHead(
  { server, attention, totals }: StreamsHead,
  hasMany: boolean,
  isStale: boolean,
): FleetStreams {
  const { streams, states, healths } = totals;
  if (isStale) return { ill: [], illCount: 0, unknown: streams ?? 0, live: 0, resting: 0 };
  const live = states?.live ?? 0;
  const ill = (attention?.worst ?? []).flatMap(({ name, health, reasons }): IllStream[] => {
    const stream = { server, name };
    return isIll(health)
      ? [{ key: keyOf(stream), label: displayName(stream, hasMany), health, reasons, stream }]
      : [];
  });
  const illCount = attention?.count ?? (healths?.warning ?? 0) + (healths?.critical ?? 0);
  return { ill, illCount, unknown: healths?.unknown ?? 0, live, resting: Math.max(0, (streams ?? 0) - live) };
}
