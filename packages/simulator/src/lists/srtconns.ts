import type { Connection } from '../world/model.ts';
import { goString } from './go-string.ts';
import { defineList } from './list.ts';
import { writeSrtStatistics } from './srt-statistics.ts';

/** `/v3/srtconns/list` as of 1.20.1. */
export const srtconns = defineList<Connection>({
  rows: (world) => world.connections.filter((connection) => connection.type === 'srtConn'),
  fixed: ({ id, created, remoteAddr, role, path, query, user }) =>
    `{"id":"${id}","created":"${created}","remoteAddr":"${remoteAddr}","state":"${role}",` +
    `"path":${goString(path)},"query":${goString(query)},"user":${goString(user)},`,
  moving: writeSrtStatistics,
});
