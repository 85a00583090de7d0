import { useDashboard } from '../context.ts';
import { EmptyFleet } from '../overview/empty-fleet.tsx';
import { HostCard } from './host-card.tsx';
import { ServerCard } from './server-card.tsx';

/** All servers, then all hosts. */
export function ServersPage() {
  const { feed, texts } = useDashboard();
  const words = texts.value.serversPage;
  const { servers, hosts } = feed.fleet.value;
  if (servers.size === 0 && hosts.size === 0) return <EmptyFleet />;
  return (
    <>
      <h2 class="page-title">{words.servers}</h2>
      <ul class="card-list">
        {[...servers.values()].map((message) => (
          <ServerCard key={message.server} message={message} />
        ))}
      </ul>
      <h2 class="page-title">{words.hosts}</h2>
      {hosts.size === 0 ? (
        <p class="muted page-note">{words.noHosts}</p>
      ) : (
        <ul class="card-list">
          {[...hosts.values()].map((message) => (
            <HostCard key={message.host} message={message} />
          ))}
        </ul>
      )}
    </>
  );
}
