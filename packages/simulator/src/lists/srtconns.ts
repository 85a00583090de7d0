import type { MemberNames, Version } from '../versions/version.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { srtStatistics } from './srt-statistics.ts';

/** SRT clients. */
export function srtconns(members: MemberNames, { srtLossTimes }: Version): SimulatedList {
  return listClients(members, 'srtConn', srtStatistics(srtLossTimes));
}
