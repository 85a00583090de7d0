import type { StreamRecord } from '@mediamtx-monitor/types';
import type { PathFact, SrtConnFact } from '../facts.ts';

/** `value` with at most two decimals. */
function round2(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

/** MediaMTX's spelling of source types drifts in case between versions. */
const isSrtConn = (sourceType: string | null): boolean => sourceType?.toLowerCase() === 'srtconn';

/** The record of a path; `srtConns` by connection id, `null` where they are not known. */
export function streamRecord(
  path: PathFact,
  srtConns: ReadonlyMap<string, SrtConnFact> | null,
): StreamRecord {
  const publisher =
    path.sourceId !== null && isSrtConn(path.sourceType) ? srtConns?.get(path.sourceId) : undefined;
  return {
    name: path.name,
    sourceType: path.sourceType,
    tracks: path.tracks,
    bytesReceived: path.bytesReceived,
    readers: path.readers,
    rtt: round2(publisher?.rttMs ?? null),
    recvRateMbps: round2(publisher?.receiveRateMibps ?? null),
    linkCapacityMbps: round2(publisher?.linkCapacityMibps ?? null),
  };
}
