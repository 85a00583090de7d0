import { hostOf } from '@mediamtx-monitor/model';
import { hasLabels } from '@mediamtx-monitor/types';
import { useDashboard } from '../../ui/context.ts';
import { LabelMenus } from '../../ui/label-menu.tsx';
import { useStandings } from '../fleet/use-standings.ts';
import { EmptyFleet } from '../empty-fleet.tsx';
import { HostRow } from './host-row.tsx';
import { ServerRow } from './server-row.tsx';

/** All servers, a row each with its host, then all other hosts. */
export function ServersPage() {
  const { shown, texts, view, adjust, labels } = useDashboard();
  const standings = useStandings();
  const { label } = view.value;
  const text = texts.value.serversPage;
  const servers = [...shown.servers.value.values()];
  const hosts = [...shown.hosts.value.values()].flatMap((message) => message.hosts);
  if (servers.length === 0 && hosts.length === 0) return <EmptyFleet />;
  const placed = new Set(servers.map(({ server }) => hostOf(server, servers.length, hosts)?.host));
  // A host has no labels.
  const others = label.length > 0 ? [] : hosts.filter(({ host }) => !placed.has(host));
  // Of many the worst come first; a few stand where they stood before.
  const ordered = shown.isLarge.value ? standings.map(({ head }) => head) : servers;
  const rows = ordered
    .filter(({ labels: own = {} }) => hasLabels(own, label))
    .map((head) => ({ head, host: hostOf(head.server, servers.length, hosts) }));
  return (
    <>
      <h2 class="page-title">{text.servers}</h2>
      {labels.value.length > 0 && (
        <search class="filter-bar" aria-label={texts.value.filter.label}>
          <LabelMenus
            chosen={label}
            onChoose={(next) => {
              adjust({ label: next });
            }}
          />
        </search>
      )}
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
