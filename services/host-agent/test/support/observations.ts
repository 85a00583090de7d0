import type { HostFacts } from '../../src/host.ts';
import type { InterfaceFacts } from '../../src/network.ts';
import type { ProcessFacts } from '../../src/processes.ts';

/** A host of which nothing could be seen. */
export const UNSEEN: HostFacts = {
  atMs: 1_000,
  os: null,
  kernel: null,
  uptimeSeconds: null,
  cpu: { all: null, cores: new Map(), bootedAtMs: null },
  load: { load1: null, load5: null, load15: null },
  memory: { totalBytes: null, availableBytes: null, swapTotalBytes: null, swapFreeBytes: null },
  disks: null,
  interfaces: null,
  temperatureCelsius: null,
  mediamtx: null,
};

/** Counters of an interface that stand at 0, but for what is given. */
export const interfaceFacts = (fields: Partial<InterfaceFacts> = {}): InterfaceFacts => ({
  name: 'eth0',
  inboundBytes: 0,
  outboundBytes: 0,
  inboundErrors: 0,
  outboundErrors: 0,
  inboundDrops: 0,
  outboundDrops: 0,
  ...fields,
});

/** A process that did nothing yet, but for what is given. */
export const processFacts = (fields: Partial<ProcessFacts> = {}): ProcessFacts => ({
  pid: 812,
  cpuTicks: 0,
  startTicks: 12_345,
  threads: 9,
  memoryBytes: 48_000_000,
  openFiles: 28,
  ...fields,
});
