/**
 * The peer: the plainest loop that polls two lists, keeps eight fields of each path and stores them. One default
 * page would miss streams, so it too asks for all.
 */
import axios from 'axios';
import { Redis } from 'ioredis';
import { schedule } from 'node-cron';

interface RawPath {
  readonly name: string;
  readonly source: { readonly type: string; readonly id: string } | null;
  readonly tracks: readonly string[];
  readonly bytesReceived: number;
  readonly readers: readonly unknown[];
}
interface RawSrtConn {
  readonly id: string;
  readonly msRTT: number;
  readonly mbpsReceiveRate: number;
  readonly mbpsLinkCapacity: number;
}
interface List<Item> {
  readonly items: readonly Item[];
}

const redis = new Redis(process.env['REDIS_URL'] ?? '');
const api = axios.create({
  baseURL: process.env['MEDIAMTX_API_URL'] ?? '',
  params: { itemsPerPage: 2147483647 },
});
const round = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 100) / 100;

schedule('*/2 * * * * *', async () => {
  const [paths, conns] = await Promise.all([
    api.get<List<RawPath>>('/v3/paths/list'),
    api.get<List<RawSrtConn>>('/v3/srtconns/list'),
  ]);
  const connsById = new Map(conns.data.items.map((conn) => [conn.id, conn]));
  const streams = paths.data.items.map((path) => {
    const conn = connsById.get(path.source?.id ?? '');
    return {
      name: path.name,
      sourceType: path.source?.type ?? null,
      tracks: path.tracks,
      bytesReceived: path.bytesReceived,
      readers: path.readers.length,
      rtt: round(conn?.msRTT),
      recvRateMbps: round(conn?.mbpsReceiveRate),
      linkCapacityMbps: round(conn?.mbpsLinkCapacity),
    };
  });
  await redis.set('plain-loop', JSON.stringify(streams));
});
process.on('disconnect', () => process.exit());
