import type { HostRecord, HostsMessage } from '@mediamtx-monitor/types';

const TRAFFIC = {
  inboundMbps: 10,
  outboundMbps: 20,
  inboundErrorsPerSecond: 0,
  outboundErrorsPerSecond: 0,
  inboundDropsPerSecond: 0,
  outboundDropsPerSecond: 0,
};

/** A host at rest that runs one MediaMTX, but for what is given. */
export function host(given: Partial<HostRecord> = {}): HostRecord {
  return {
    host: 'box',
    os: 'Debian GNU/Linux 12',
    kernel: '6.1.0',
    uptimeSeconds: 86_400,
    cpu: {
      cores: 4,
      percent: 12,
      userPercent: 8,
      systemPercent: 4,
      iowaitPercent: 0,
      stealPercent: 0,
      corePercents: [10, 12, 14, 12],
    },
    load1: 0.5,
    load5: 0.4,
    load15: 0.3,
    memory: { totalBytes: 8e9, availableBytes: 6e9, usedBytes: 2e9, usedPercent: 25 },
    swap: { totalBytes: 0, usedBytes: 0, usedPercent: null },
    disks: [],
    network: { ...TRAFFIC, interfaces: [{ name: 'eth0', ...TRAFFIC }] },
    temperatureCelsius: 51,
    mediamtx: [
      {
        pid: 7,
        startedAt: '2026-01-01T00:00:00.000Z',
        cpuPercent: 30,
        memoryBytes: 1e8,
        threads: 9,
        openFiles: 40,
      },
    ],
    ...given,
  };
}

export function hostsMessage(record: HostRecord = host(), given: Partial<HostsMessage> = {}): HostsMessage {
  return {
    type: 'hosts',
    v: 1,
    host: record.host,
    epoch: 1,
    seq: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 5_000,
    hosts: [record],
    ...given,
  };
}
