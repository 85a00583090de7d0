import type { Members, Version } from '../versions/version.ts';
import { listClients } from './clients.ts';
import type { List } from './list.ts';
import { srtStatistics } from './srt-statistics.ts';

/** SRT clients. */
export function srtconns(members: Members, { srtLossTimes }: Version): List {
  return listClients(members, 'srtConn', srtStatistics(srtLossTimes));
}
