import type { Health, Reason } from './health.ts';
import type { MESSAGE_VERSION } from './message.ts';
import { GONE_MS } from './staleness.ts';
import type { TickNumber } from './tick-number.ts';

const HOST_ID_PATTERN = /^[a-z0-9-]{1,32}$/;

/** What a host id may be, as a sentence for people. */
export const HOST_ID_RULE = '1 to 32 lower-case letters, digits or hyphens';

/** Tells whether `id` may name a host. */
export function isHostId(id: string): boolean {
  return HOST_ID_PATTERN.test(id);
}

/** Processor time of a host since the last tick, in percent of all its cores together. */
export interface HostCpu {
  /** Cores that are online. */
  readonly cores: number | null;
  /** All time but idle and waiting for disks. */
  readonly percent: number | null;
  /** Programs, guests of virtual machines included. */
  readonly userPercent: number | null;
  /** The kernel, interrupts included. */
  readonly systemPercent: number | null;
  /** Idle while something waits for a disk. */
  readonly iowaitPercent: number | null;
  /** Taken by the machine that this virtual machine runs on. */
  readonly stealPercent: number | null;
  /** As `percent`, of each core by itself. */
  readonly corePercents: readonly (number | null)[] | null;
}

/** Memory of a host. */
export interface HostMemory {
  readonly totalBytes: number | null;
  /** What programs could still get without swapping. */
  readonly availableBytes: number | null;
  /** Total less available. */
  readonly usedBytes: number | null;
  readonly usedPercent: number | null;
}

/** Swap of a host; `usedPercent` is `null` where there is none. */
export interface HostSwap {
  readonly totalBytes: number | null;
  readonly usedBytes: number | null;
  readonly usedPercent: number | null;
}

/** A file system of a host; a device that is mounted several times is there once. */
export interface HostDisk {
  /** Where it is mounted on the host. */
  readonly mount: string;
  readonly device: string;
  /** Kind of file system, as in `ext4`. */
  readonly type: string;
  readonly sizeBytes: number | null;
  readonly usedBytes: number | null;
  /** What programs without special rights can still write. */
  readonly freeBytes: number | null;
  /** Used, of used and free together. */
  readonly usedPercent: number | null;
  /** Files there can be; `null` where there is no limit. */
  readonly inodes: number | null;
  readonly freeInodes: number | null;
}

/** Traffic since the last tick: decimal Mbit/s, and packets per second. */
export interface HostTraffic {
  readonly inboundMbps: number | null;
  readonly outboundMbps: number | null;
  readonly inboundErrorsPerSecond: number | null;
  readonly outboundErrorsPerSecond: number | null;
  readonly inboundDropsPerSecond: number | null;
  readonly outboundDropsPerSecond: number | null;
}

/** A network interface that has a device behind it. */
export interface HostInterface extends HostTraffic {
  readonly name: string;
}

/** The network of a host: sums over those interfaces whose traffic is known, and each of them. */
export interface HostNetwork extends HostTraffic {
  readonly interfaces: readonly HostInterface[] | null;
}

/** A MediaMTX process. */
export interface HostProcess {
  readonly pid: number;
  /** When it was started (RFC 3339, UTC). */
  readonly startedAt: string | null;
  /** Processor time since the last tick in percent of one core, so it may be above 100. */
  readonly cpuPercent: number | null;
  /** Memory it occupies. */
  readonly memoryBytes: number | null;
  readonly threads: number | null;
  /** Files and sockets it holds open. */
  readonly openFiles: number | null;
}

/**
 * A machine at one moment. `null` means "can't be seen" or "not measured", never zero; rates are `null` in the first
 * tick and after a counter was reset. Source files and formulas: docs/records.md.
 */
export interface HostRecord {
  /** Host id. */
  readonly host: string;
  /** Name and version of its operating system. */
  readonly os: string | null;
  /** Release of its kernel. */
  readonly kernel: string | null;
  readonly uptimeSeconds: number | null;
  readonly cpu: HostCpu;
  /** Processes that ran or waited to run, on average over the last 1, 5 and 15 minutes. */
  readonly load1: number | null;
  readonly load5: number | null;
  readonly load15: number | null;
  readonly memory: HostMemory;
  readonly swap: HostSwap;
  readonly disks: readonly HostDisk[] | null;
  readonly network: HostNetwork;
  /** The hottest of its sensors, in °C. */
  readonly temperatureCelsius: number | null;
  /** The MediaMTX processes it runs, by pid. */
  readonly mediamtx: readonly HostProcess[] | null;
  /** That of the worst reason; `unknown` while none of its shares is known. Left out by agents before 0.2. */
  readonly health?: Health;
  /** What is wrong with it, the worst first; left out by agents before 0.2. */
  readonly reasons?: readonly Reason[];
}

/** All members of a hosts message but the array. */
export interface HostsHead extends TickNumber {
  readonly type: 'hosts';
  readonly v: typeof MESSAGE_VERSION;
  /** Host id. */
  readonly host: string;
  /** When the host was looked at (RFC 3339, UTC). */
  readonly collectedAt: string;
  /** When this message was made (RFC 3339, UTC). */
  readonly publishedAt: string;
  /** Time between two ticks in ms. */
  readonly intervalMs: number;
}

/** What an agent publishes each tick: its one record, in an array that comes last as in all messages. */
export interface HostsMessage extends HostsHead {
  readonly hosts: readonly [HostRecord];
}

/** A host as `GET /api/hosts` shows it: its newest record, when that was made, and how old it is. */
export interface HostStatus extends HostRecord, Omit<HostsHead, 'type' | 'v'> {
  readonly stale: boolean;
  readonly ageMs: number | null;
}

/** For so long a host that is silent keeps its place in Redis and in the API, stale; after that it counts as removed. */
export const HOST_KEPT_MS = GONE_MS;
