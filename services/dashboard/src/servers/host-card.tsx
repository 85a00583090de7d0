import { hostHealth, loadHealth } from '@mediamtx-monitor/model';
import type { HostsMessage } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { UNKNOWN } from '../i18n/format.ts';
import { Facts } from '../ui/facts.tsx';
import { HealthMark } from '../ui/health-mark.tsx';
import { Meter } from '../ui/meter.tsx';

/** One machine: CPU, memory, disks, network, and its MediaMTX processes. */
export function HostCard({ message }: { readonly message: HostsMessage }) {
  const { feed, texts, format } = useDashboard();
  const words = texts.value.serversPage;
  const [host] = message.hosts;
  const hostAge = feed.hostAges.value.get(message.host);
  const isStale = hostAge?.stale ?? false;
  const { percent, bytes, decimal, count, duration, age } = format.value;
  const health = isStale ? 'unknown' : hostHealth(host);
  const { cpu, memory, swap, network } = host;
  const temperature = host.temperatureCelsius;
  return (
    <li class={isStale ? 'card stale' : 'card'}>
      <h3 class="card-title">
        <HealthMark health={health} word={texts.value.healths[health]} />
        {host.host}
      </h3>
      {isStale && <p>{texts.value.link.lastSeen(age(hostAge?.ageMs ?? null))}</p>}
      <div class="meters">
        <Meter
          label={words.cpu}
          percent={cpu.percent}
          text={percent(cpu.percent)}
          detail={cpu.cores === null ? '' : words.cores(cpu.cores)}
          health={loadHealth('cpu', cpu.percent)}
        />
        <Meter
          label={words.memory}
          percent={memory.usedPercent}
          text={percent(memory.usedPercent)}
          detail={
            memory.usedBytes === null ? '' : words.ofBytes(bytes(memory.usedBytes), bytes(memory.totalBytes))
          }
          health={loadHealth('memory', memory.usedPercent)}
        />
        {(host.disks ?? []).map(({ mount, usedPercent, usedBytes, sizeBytes }) => (
          <Meter
            key={mount}
            label={words.disk(mount)}
            percent={usedPercent}
            text={percent(usedPercent)}
            detail={words.ofBytes(bytes(usedBytes), bytes(sizeBytes))}
            health={loadHealth('disk', usedPercent)}
          />
        ))}
      </div>
      <Facts
        facts={[
          [words.network, together([network.inboundMbps, network.outboundMbps], decimal, ' Mbit/s')],
          [words.drops, perSecond(network.inboundDropsPerSecond, network.outboundDropsPerSecond, decimal)],
          [words.load, together([host.load1, host.load5, host.load15], decimal)],
          [words.swap, swap.usedPercent === null ? null : percent(swap.usedPercent)],
          [words.temperature, temperature === null ? null : `${count(temperature)} °C`],
          [words.uptime, host.uptimeSeconds === null ? null : duration(host.uptimeSeconds * 1000)],
          [words.os, host.os],
          [words.age, age(hostAge?.ageMs ?? null)],
        ]}
      />
      {(host.mediamtx ?? []).map((process) => (
        <p class="muted" key={process.pid}>
          {words.process(String(process.pid), percent(process.cpuPercent), bytes(process.memoryBytes))}
        </p>
      ))}
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
