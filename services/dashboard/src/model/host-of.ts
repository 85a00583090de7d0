import type { HostRecord } from '@mediamtx-monitor/types';
import type { Fleet } from '../data/fleet.ts';

/**
 * The host a server runs on: the one of the same name; else, of a fleet with one server, the only host that runs a
 * MediaMTX. Anything else would be a guess: `undefined`.
 */
export function hostOf(server: string, { servers, hosts }: Fleet): HostRecord | undefined {
  const records = [...hosts.values()].flatMap((message) => message.hosts);
  const same = records.find(({ host }) => host === server);
  if (same !== undefined || servers.size !== 1) return same;
  const running = records.filter(({ mediamtx }) => mediamtx !== null && mediamtx.length > 0);
  return running.length === 1 ? running[0] : undefined;
}
