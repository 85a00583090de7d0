import { HEALTHS, LISTED_STATES, type StreamRecord, type Totals } from '@mediamtx-monitor/types';
import { rounded } from './samples.ts';

function countBy<Key extends string>(
  keys: readonly Key[],
  streams: readonly StreamRecord[],
  keyOf: (stream: StreamRecord) => Key,
) {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  for (const stream of streams) counts[keyOf(stream)] += 1;
  return counts;
}

/** The sum of what is known; `null` when nothing is, though there is something to know of. */
function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 && values.length > 0) return null;
  return rounded(
    known.reduce((sum, value) => sum + value, 0),
    3,
  );
}

/** Sums over all streams of a server. */
export function totalsOf(streams: readonly StreamRecord[]): Totals {
  return {
    streams: streams.length,
    readers: streams.reduce((sum, stream) => sum + stream.readers, 0),
    inboundMbps: sumOfKnown(streams.map((stream) => stream.inboundMbps)),
    outboundMbps: sumOfKnown(streams.map((stream) => stream.outboundMbps)),
    states: countBy(LISTED_STATES, streams, (stream) => stream.state),
    healths: countBy(HEALTHS, streams, (stream) => stream.health),
  };
}

/** Totals while the path list can't be read. */
export const NO_TOTALS: Totals = {
  streams: null,
  readers: null,
  inboundMbps: null,
  outboundMbps: null,
  states: null,
  healths: null,
};
