import type { StreamRecord } from '@mediamtx-monitor/types';
import type { Observation, PathFact } from '../facts.ts';
import type { Known, Snapshot } from './snapshot.ts';
import { streamRecord } from './stream-record.ts';

export { type Known, NOTHING_KNOWN, type Snapshot } from './snapshot.ts';

const byName = (a: PathFact, b: PathFact): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const sumOfReaders = (streams: readonly StreamRecord[]): number =>
  streams.reduce((sum, stream) => sum + stream.readers, 0);

/**
 * What is known after a poll, from what was known before it. Pure.
 * Without a path list the records stay as last read: a failed list is never an empty one.
 * @param nowMs Unix time at which the observation was made
 */
export function derive(previous: Known, observation: Observation, nowMs: number): Snapshot {
  const { paths, srtConns, status, error, missing } = observation;
  const source = { status, error, version: null };
  if (paths === null) {
    return { ...previous, source, missing, totals: { streams: null, readers: null } };
  }
  const srtConnsById = srtConns === null ? null : new Map(srtConns.map((conn) => [conn.id, conn]));
  const streams = paths.toSorted(byName).map((path) => streamRecord(path, srtConnsById));
  return {
    streams,
    collectedAtMs: nowMs,
    simulated: observation.simulated,
    source,
    missing,
    totals: { streams: streams.length, readers: sumOfReaders(streams) },
  };
}
