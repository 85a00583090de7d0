import { hostHealth, isIll, loadHealth } from '@mediamtx-monitor/model';
import type { HostRecord } from '@mediamtx-monitor/types';
import { UNKNOWN } from '../../i18n/format.ts';
import { useDashboard } from '../../ui/context.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { Loads } from '../../ui/loads.tsx';
import { HistoryLink } from '../../ui/range-bar.tsx';
import { Facts, Meter } from '../../ui/values.tsx';

/** What is known of a machine: CPU, memory, disks, network, and its MediaMTX processes. */
export function HostDetails({ host }: { readonly host: HostRecord }) {
  const { shown, texts, format } = useDashboard();
  const text = texts.value.serversPage;
  const hostAge = shown.hostAges.value.get(host.host);
  const { percent, bytes, decimal, count, duration, age } = format.value;
  const { cpu, memory, swap, network } = host;
  const temperature = host.temperatureCelsius;
  return (
    <>
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
    </>
  );
}

/**
 * A host in a row: its name, its memory, and its CPU and each disk that is tight, with what is tight marked; when it was
 * last seen, when it is silent.
 */
export function HostGlance({ host, isNamed }: { readonly host: HostRecord; readonly isNamed: boolean }) {
  const { shown, texts, format } = useDashboard();
  const { healths, link, serverRows, servers: text } = texts.value;
  const { percent, age } = format.value;
  const hostAge = shown.hostAges.value.get(host.host);
  const name = isNamed ? `${serverRows.host} ${host.host}: ` : '';
  if (hostAge?.stale === true) return <p class="muted">{name + link.lastSeen(age(hostAge.ageMs))}</p>;
  const health = hostHealth(host);
  const { cpu, memory, disks } = host;
  const cpuLook = loadHealth('cpu', cpu.percent);
  const loads = [
    // It stands beside, with its line of the last hour.
    ...(isIll(cpuLook) ? [{ said: text.cpu(percent(cpu.percent)), look: cpuLook }] : []),
    {
      said: serverRows.memory(percent(memory.usedPercent)),
      look: loadHealth('memory', memory.usedPercent),
    },
    ...(disks ?? [])
      .map(({ mount, usedPercent }) => ({
        said: text.disk(mount, percent(usedPercent)),
        look: loadHealth('disk', usedPercent),
      }))
      .filter(({ look }) => isIll(look)),
  ];
  return (
    <p class="wrap">
      {isIll(health) && isNamed && <HealthMark health={health} label={healths[health]} />}
      {name}
      <Loads loads={loads} />
    </p>
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
