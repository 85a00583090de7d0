import { hostOf } from '@mediamtx-monitor/model';
import { useDashboard } from '../../ui/context.ts';
import { EmptyFleet } from '../empty-fleet.tsx';
import { HostRow } from './host-row.tsx';
import { ServerRow } from './server-row.tsx';

/** All servers, a row each with its host, then all other hosts. */
export function ServersPage() {
  const { shown, texts } = useDashboard();
  const text = texts.value.serversPage;
  const servers = [...shown.servers.value.values()];
  const hosts = [...shown.hosts.value.values()].flatMap((message) => message.hosts);
  if (servers.length === 0 && hosts.length === 0) return <EmptyFleet />;
  const rows = servers.map((head) => ({ head, host: hostOf(head.server, servers.length, hosts) }));
  const placed = new Set(rows.map(({ host }) => host?.host));
  const others = hosts.filter(({ host }) => !placed.has(host));
  return (
    <>
      <h2 class="page-title">{text.servers}</h2>
      <ul class="server-rows">
        {rows.map(({ head, host }) => (
          <ServerRow key={head.server} head={head} host={host} />
        ))}
      </ul>
      {hosts.length === 0 ? (
        <p class="muted page-note">{text.noHosts}</p>
      ) : (
        others.length > 0 && (
          <>
            <h2 class="page-title">
              {others.length === hosts.length ? text.hosts : texts.value.serverRows.otherHosts}
            </h2>
            <ul class="server-rows">
              {others.map((host) => (
                <HostRow key={host.host} host={host} />
              ))}
            </ul>
          </>
        )
      )}
    </>
  );
}
