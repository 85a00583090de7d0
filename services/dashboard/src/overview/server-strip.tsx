import { hostHealth, hostOf, isIll, loadHealth } from '@mediamtx-monitor/model';
import type { HostRecord, StreamsMessage } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { hostRecords } from '../data/fleet.ts';
import { serverHealth, serverTroubles } from '../model/fleet-trouble.ts';
import { HealthMark } from '../ui/health-mark.tsx';

/** Each server with its state and version. */
export function ServerStrip() {
  const { feed, texts, href } = useDashboard();
  return (
    <ul class="server-strip" aria-label={texts.value.servers.label}>
      {[...feed.fleet.value.servers.values()].map((message) => (
        <li key={message.server}>
          <a class="server-chip" href={href({ view: 'servers' })}>
            <Server message={message} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Server({ message }: { readonly message: StreamsMessage }) {
  const { feed, texts, format, silences } = useDashboard();
  const { server, source, missing } = message;
  const stale = feed.stale.value.has(server);
  // Ages change each second, and matter only here.
  const age = stale ? (feed.ages.value.get(server)?.ageMs ?? null) : null;
  const fleet = feed.fleet.value;
  const host = hostOf(server, fleet.servers.size, hostRecords(fleet));
  const silence = silences.value.get(server);
  const health = serverHealth(serverTroubles(message, silence), silence);
  const problem =
    source.status !== 'up'
      ? texts.value.serverProblems[source.status]
      : missing.length > 0 && texts.value.servers.unread(format.value.list(missing));
  // What was wrong with it when it was last heard of may be over for long.
  const isForgotten = silence?.level === 'critical';
  return (
    <>
      <HealthMark health={health} word={texts.value.healths[health]} />
      <b>{server}</b>
      <span class="muted">
        {[
          (!isForgotten && problem) || source.version,
          age !== null && texts.value.link.lastSeen(format.value.age(age)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {host !== undefined && <HostLoad host={host} />}
    </>
  );
}

/** How busy a server's host is; a disk is named when it is nearly full. */
function HostLoad({ host }: { readonly host: HostRecord }) {
  const { feed, texts, format } = useDashboard();
  const { healths, link, servers: words } = texts.value;
  const age = feed.hostAges.value.get(host.host);
  if (age?.stale === true) {
    return <span class="muted">{words.hostSilent(link.lastSeen(format.value.age(age.ageMs)))}</span>;
  }
  const { percent } = format.value;
  const health = hostHealth(host);
  const parts = [
    words.cpu(percent(host.cpu.percent)),
    words.memory(percent(host.memory.usedPercent)),
    ...(host.disks ?? [])
      .filter(({ usedPercent }) => isIll(loadHealth('disk', usedPercent)))
      .map(({ mount, usedPercent }) => words.disk(mount, percent(usedPercent))),
  ];
  return (
    <span class={`server-load words-${health}`}>
      {isIll(health) && <HealthMark health={health} word={healths[health]} />}
      {parts.join(', ')}
    </span>
  );
}
