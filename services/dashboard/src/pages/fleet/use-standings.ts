import { type ServerStanding, serverStandings } from '../../model/server-standing.ts';
import { useDashboard } from '../../ui/context.ts';

/** How all servers are, the worst first. */
export function useStandings(): readonly ServerStanding[] {
  const { shown } = useDashboard();
  const hostAges = shown.hostAges.value;
  const hosts = [...shown.hosts.value.values()].flatMap((message) => message.hosts);
  return serverStandings({
    heads: shown.servers.value,
    silences: shown.silences.value,
    stale: shown.stale.value,
    hosts: hosts.filter(({ host }) => hostAges.get(host)?.stale !== true),
  });
}
