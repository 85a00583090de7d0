import { hostHealth, loadHealth } from '@mediamtx-monitor/model';
import type { HostsMessage, StreamsHead } from '@mediamtx-monitor/types';
import { DEFAULT_VIEW } from '../data/view.ts';
import { silenceText } from '../i18n/fleet-text.ts';
import { UNKNOWN } from '../i18n/format.ts';
import { serverHealth, reasonsOfServer } from '../model/fleet-reasons.ts';
import { tickDurationMs } from '../model/times.ts';
import { EmptyFleet } from './empty-fleet.tsx';
import { useDashboard, useTextContext } from '../ui/context.ts';
import { HealthMark } from '../ui/icon.tsx';
import { HistoryLink } from '../ui/range-bar.tsx';
import { Facts, Meter, SourceError } from '../ui/values.tsx';

/** All servers, then all hosts. */
export function ServersPage() {
  const { shown, texts } = useDashboard();
  const text = texts.value.serversPage;
  const servers = shown.servers.value;
  const hosts = shown.hosts.value;
  if (servers.size === 0 && hosts.size === 0) return <EmptyFleet />;
  return (
    <>
      <h2 class="page-title">{text.servers}</h2>
      <ul class="card-list">
        {[...servers.values()].map((head) => (
          <ServerCard key={head.server} head={head} />
        ))}
      </ul>
      <h2 class="page-title">{text.hosts}</h2>
      {hosts.size === 0 ? (
        <p class="muted page-note">{text.noHosts}</p>
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

/** One server: whether it answers, what it lacks, how fresh and how much. */
function ServerCard({ head }: { readonly head: StreamsHead }) {
  const { shown, texts, format, href, view } = useDashboard();
  const context = useTextContext();
  const text = texts.value.serversPage;
  const { server, source, missing, totals, intervalMs, simulated } = head;
  const { count, mbps, age } = format.value;
  const isStale = shown.stale.value.has(server);
  const ageMs = shown.ages.value.get(server)?.ageMs ?? null;
  const isUp = source.status === 'up';
  const silence = shown.silences.value.get(server);
  const health = serverHealth(reasonsOfServer(head, silence), silence);
  const silent = silence && silenceText(server, silence, context);
  const problem =
    source.status === 'up' ? undefined : `MediaMTX ${texts.value.serverProblems[source.status]}`;
  const said = silence?.level === 'critical' ? [silent, problem] : [problem, silent];
  const tickMs = isUp ? tickDurationMs(head) : null;
  const { kiosk, lang, theme } = view.value;
  return (
    <li class={isStale && isUp ? 'card stale' : 'card'}>
      <h3 class="card-title">
        <HealthMark health={health} label={texts.value.healths[health]} />
        <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, server: [server] })}>{server}</a>
        {simulated && <span class="badge badge-simulated">{texts.value.header.simulated}</span>}
      </h3>
      {silent === undefined ? (
        <p>
          {problem ?? text.up}
          {isStale && ` – ${texts.value.link.lastSeen(age(ageMs))}`}
        </p>
      ) : (
        said.map((sentence) => sentence !== undefined && <p key={sentence}>{sentence}</p>)
      )}
      <SourceError head={head} />
      {isUp && missing.length > 0 && (
        <p class="words-warning wrap">{text.missing(format.value.list(missing))}</p>
      )}
      <Facts
        facts={[
          [text.version, source.version ?? (isUp ? text.versionUnknown : UNKNOWN)],
          [text.age, age(ageMs)],
          [text.interval, format.value.duration(intervalMs)],
          [text.pollTime, format.value.ms(tickMs)],
          [text.streams, count(totals.streams)],
          [text.live, count(totals.states?.live ?? null)],
          [text.viewers, count(totals.readers)],
          [text.inbound, mbps(totals.inboundMbps)],
          [text.outbound, mbps(totals.outboundMbps)],
        ]}
      />
      <HistoryLink server={[server]} />
    </li>
  );
}

/** One machine: CPU, memory, disks, network, and its MediaMTX processes. */
function HostCard({ message }: { readonly message: HostsMessage }) {
  const { shown, texts, format } = useDashboard();
  const text = texts.value.serversPage;
  const [host] = message.hosts;
  const hostAge = shown.hostAges.value.get(message.host);
  const isStale = hostAge?.stale ?? false;
  const { percent, bytes, decimal, count, duration, age } = format.value;
  const health = isStale ? 'unknown' : hostHealth(host);
  const { cpu, memory, swap, network } = host;
  const temperature = host.temperatureCelsius;
  return (
    <li class={isStale ? 'card stale' : 'card'}>
      <h3 class="card-title">
        <HealthMark health={health} label={texts.value.healths[health]} />
        {host.host}
      </h3>
      {isStale && <p>{texts.value.link.lastSeen(age(hostAge?.ageMs ?? null))}</p>}
      <div class="meters">
        <Meter
          label={text.cpu}
          percent={cpu.percent}
          text={percent(cpu.percent)}
          detail={cpu.cores === null ? '' : text.cores(cpu.cores)}
          health={loadHealth('cpu', cpu.percent)}
        />
        <Meter
          label={text.memory}
          percent={memory.usedPercent}
          text={percent(memory.usedPercent)}
          detail={
            memory.usedBytes === null ? '' : text.ofBytes(bytes(memory.usedBytes), bytes(memory.totalBytes))
          }
          health={loadHealth('memory', memory.usedPercent)}
        />
        {(host.disks ?? []).map(({ mount, usedPercent, usedBytes, sizeBytes }) => (
          <Meter
            key={mount}
            label={text.disk(mount)}
            percent={usedPercent}
            text={percent(usedPercent)}
            detail={text.ofBytes(bytes(usedBytes), bytes(sizeBytes))}
            health={loadHealth('disk', usedPercent)}
          />
        ))}
      </div>
      <Facts
        facts={[
          [text.network, together([network.inboundMbps, network.outboundMbps], decimal, ' Mbit/s')],
          [text.drops, perSecond(network.inboundDropsPerSecond, network.outboundDropsPerSecond, decimal)],
          [text.load, together([host.load1, host.load5, host.load15], decimal)],
          [text.swap, swap.usedPercent === null ? null : percent(swap.usedPercent)],
          [text.temperature, temperature === null ? null : `${count(temperature)} °C`],
          [text.uptime, host.uptimeSeconds === null ? null : duration(host.uptimeSeconds * 1000)],
          [text.os, host.os],
          [text.age, age(hostAge?.ageMs ?? null)],
        ]}
      />
      {(host.mediamtx ?? []).map((process) => (
        <p class="muted" key={process.pid}>
          {text.process(String(process.pid), percent(process.cpuPercent), bytes(process.memoryBytes))}
        </p>
      ))}
      <HistoryLink host={host.host} />
    </li>
  );
}

/** Numbers in one line; not known when none of them is. */
function together(
  values: readonly (number | null)[],
  write: (value: number | null) => string,
  unit = '',
): string {
  return values.every((value) => value === null)
    ? UNKNOWN
    : `${values.map((value) => write(value)).join(' · ')}${unit}`;
}

/** Drops of both directions together; `null` while neither is known. */
function perSecond(
  inbound: number | null,
  outbound: number | null,
  write: (value: number) => string,
): string | null {
  return inbound === null && outbound === null ? null : `${write((inbound ?? 0) + (outbound ?? 0))}/s`;
}
