import { rounded } from '@mediamtx-monitor/model';
import { HEALTHS, LISTED_STATES, type StreamRecord, type Totals } from '@mediamtx-monitor/types';

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

/** Sums over all streams of a server: those that MediaMTX lists, and for the healths the missing ones too. */
export function totalsOf(listed: readonly StreamRecord[], missing: readonly StreamRecord[]): Totals {
  // What fills a path in the meantime is no traffic.
  const bringing = listed.filter(({ state }) => state !== 'standby');
  return {
    streams: listed.length,
    missing: missing.length,
    readers: listed.reduce((sum, stream) => sum + stream.readers, 0),
    inboundMbps: sumOfKnown(bringing.map((stream) => stream.inboundMbps)),
    outboundMbps: sumOfKnown(listed.map((stream) => stream.outboundMbps)),
    states: countBy(LISTED_STATES, listed, (stream) => stream.state),
    healths: countBy(
      HEALTHS,
      missing.length === 0 ? listed : [...listed, ...missing],
      ({ health }) => health,
    ),
  };
}

/** Totals while the path list can't be read. */
export const NO_TOTALS: Totals = {
  streams: null,
  missing: null,
  readers: null,
  inboundMbps: null,
  outboundMbps: null,
  states: null,
  healths: null,
};
