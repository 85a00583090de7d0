/** Processor time since the start in clock ticks, by what it was spent on; `null` where the kernel doesn't tell. */
export interface CpuTimes {
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number | null;
  readonly irq: number | null;
  readonly softirq: number | null;
  readonly steal: number | null;
}

/** What `proc/stat` tells. */
export interface ProcessorFacts {
  readonly all: CpuTimes | null;
  /** By the kernel's name of the core, as in `cpu0`. */
  readonly cores: ReadonlyMap<string, CpuTimes>;
  /** Unix time of the start of the machine. */
  readonly bootedAtMs: number | null;
}

/** Processes that ran or waited, on average over 1, 5 and 15 minutes. */
export interface LoadFacts {
  readonly load1: number | null;
  readonly load5: number | null;
  readonly load15: number | null;
}

/** What `proc/meminfo` tells, in bytes. */
export interface MemoryFacts {
  readonly totalBytes: number | null;
  readonly availableBytes: number | null;
  readonly swapTotalBytes: number | null;
  readonly swapFreeBytes: number | null;
}

/** Counters of a network interface; `null` where the kernel has no such column. */
export interface InterfaceFacts {
  readonly name: string;
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
  readonly inboundErrors: number | null;
  readonly outboundErrors: number | null;
  readonly inboundDrops: number | null;
  readonly outboundDrops: number | null;
}

/** A mounted file system. */
export interface Mount {
  readonly device: string;
  /** Where it is mounted, as the host says it. */
  readonly mount: string;
  readonly type: string;
}

/** Sizes of a file system as statfs tells them, in blocks; inodes are 0 where there is no limit. */
export interface FileSystemSizes {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

/** A file system and its sizes; `null` when it didn't tell. */
export interface DiskFacts extends Mount {
  readonly sizes: FileSystemSizes | null;
}

/** A MediaMTX process. */
export interface ProcessFacts {
  readonly pid: number;
  /** Processor time it took, in clock ticks. */
  readonly cpuTicks: number | null;
  /** When it was started, in clock ticks since the start of the machine. With the pid it tells processes apart. */
  readonly startTicks: number;
  readonly threads: number | null;
  readonly memoryBytes: number | null;
  readonly openFiles: number | null;
}

/** A host as it was at one moment. `null` is what could not be seen. */
export interface Observation {
  /** Monotonic time. */
  readonly atMs: number;
  readonly os: string | null;
  readonly kernel: string | null;
  readonly uptimeSeconds: number | null;
  readonly processor: ProcessorFacts;
  readonly load: LoadFacts;
  readonly memory: MemoryFacts;
  readonly disks: readonly DiskFacts[] | null;
  /** Those with a device behind them. */
  readonly interfaces: readonly InterfaceFacts[] | null;
  readonly temperatureCelsius: number | null;
  readonly mediamtx: readonly ProcessFacts[] | null;
}
