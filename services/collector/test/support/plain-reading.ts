import { recordedAtMs, recordedList, type RecordedVersion } from '@mediamtx-monitor/testkit';

interface PlainPath {
  readonly name: string;
  readonly source: { readonly type: string; readonly id: string } | null;
  readonly tracks: readonly string[];
  readonly bytesReceived: number;
  readonly readers: readonly unknown[];
  readonly ready: boolean;
  readonly online?: boolean;
}
interface PlainSrtConn {
  readonly id: string;
  readonly state: string;
  readonly msRTT?: number;
  readonly mbpsReceiveRate?: number;
  readonly mbpsLinkCapacity?: number;
}

const round = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toFixed(2));

/** The eight promised fields, read from the recorded bodies in the plainest way, sharing nothing with our code. */
export function plainReading(version: RecordedVersion, phase: 't0' | 't1'): unknown[] {
  const body = (list: string) => JSON.parse(recordedList(version, list, phase) ?? '') as { items: unknown[] };
  const conns = body('srtconns').items as PlainSrtConn[];
  const paths = body('paths').items as PlainPath[];
  return paths
    .map((path) => {
      const publisher = conns.find((conn) => conn.state === 'publish' && conn.id === path.source?.id);
      return {
        name: path.name,
        sourceType: path.source === null ? null : path.source.type,
        tracks: path.tracks,
        bytesReceived: path.bytesReceived,
        readers: path.readers.length,
        rtt: round(publisher?.msRTT),
        recvRateMbps: round(publisher?.mbpsReceiveRate),
        linkCapacityMbps: round(publisher?.mbpsLinkCapacity),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Mbit/s that each stream received between the two recordings; all of them ran on without a restart. Filler is none. */
export function plainRates(version: RecordedVersion): unknown[] {
  const bytes = (phase: 't0' | 't1') =>
    (JSON.parse(recordedList(version, 'paths', phase) ?? '') as { items: PlainPath[] }).items;
  const seconds = (recordedAtMs(version, 'paths', 't1') - recordedAtMs(version, 'paths', 't0')) / 1_000;
  const before = new Map(bytes('t0').map((path) => [path.name, path.bytesReceived]));
  return bytes('t1')
    .map(({ name, bytesReceived, ready, online }) => {
      if (ready && online === false) return { name, inboundMbps: null };
      const megabits = ((bytesReceived - (before.get(name) ?? Number.NaN)) * 8) / 1_000_000;
      return { name, inboundMbps: Number((megabits / seconds).toFixed(3)) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
