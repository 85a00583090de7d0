import { rounded } from '@mediamtx-monitor/model';
import type { HostRecord } from '@mediamtx-monitor/types';
import { type CpuFacts, deriveCpu, type LoadFacts, readCpu, readLoad } from './cpu.ts';
import { deriveDisk, type DiskFacts, readDisks } from './disks.ts';
import { HostFiles, SlowReads } from './files.ts';
import { deriveMemory, deriveSwap, type MemoryFacts, readMemory } from './memory.ts';
import { deriveNetwork, type InterfaceFacts, NetworkReader } from './network.ts';
import { deriveProcess, type ProcessFacts, ProcessReader } from './processes.ts';
import { SensorReader } from './sensors.ts';
import { type SystemFacts, SystemReader } from './system.ts';

/** A host as it was at one moment. `null` is what could not be seen. */
export interface HostFacts extends SystemFacts {
  /** Monotonic time. */
  readonly atMs: number;
  readonly cpu: CpuFacts;
  readonly load: LoadFacts;
  readonly memory: MemoryFacts;
  readonly disks: readonly DiskFacts[] | null;
  /** Those that carry the host's traffic. */
  readonly interfaces: readonly InterfaceFacts[] | null;
  readonly temperatureCelsius: number | null;
  readonly mediamtx: readonly ProcessFacts[] | null;
}

export interface HostReaderOptions {
  /** Where the host's root is mounted here. */
  readonly root: string;
  /**
   * What is seen below the root. A container without the host's file system has a network, disks, processes and an
   * operating system of its own; they say nothing of the host, so they are left `null`.
   */
  readonly sees: 'host' | 'container';
  /** How long a file system or sensor may take to answer. */
  readonly timeoutMs: number;
  readonly monotonicMs: () => number;
  /** This process's own list of mounts. */
  readonly mountsFile?: string;
}

/** Looks at the host: a few small files below proc and sys, and statfs. */
export class HostReader {
  readonly #options: HostReaderOptions;
  readonly #files: HostFiles;
  readonly #slow: SlowReads;
  readonly #system: SystemReader;
  readonly #network: NetworkReader;
  readonly #sensors: SensorReader;
  readonly #processes: ProcessReader;

  constructor(options: HostReaderOptions) {
    const { root, timeoutMs, monotonicMs } = options;
    this.#options = options;
    this.#files = new HostFiles(root);
    this.#slow = new SlowReads(timeoutMs);
    this.#system = new SystemReader(this.#files, monotonicMs);
    this.#network = new NetworkReader(this.#files, monotonicMs);
    this.#sensors = new SensorReader(this.#files, this.#slow, monotonicMs);
    this.#processes = new ProcessReader(this.#files, monotonicMs);
  }

  /** Never rejects: what can't be seen is `null`. */
  async read(): Promise<HostFacts> {
    const { sees, monotonicMs } = this.#options;
    const seesHost = sees === 'host';
    const atMs = monotonicMs();
    const system = this.#system.read();
    const seen = {
      atMs,
      ...system,
      os: seesHost ? system.os : null,
      cpu: readCpu(this.#files),
      load: readLoad(this.#files),
      memory: readMemory(this.#files),
      interfaces: seesHost ? this.#network.read() : null,
      mediamtx: seesHost ? this.#processes.read() : null,
    };
    const [disks, temperatureCelsius] = await Promise.all([
      seesHost ? this.#readDisks() : null,
      this.#sensors.read(),
    ]);
    return { ...seen, disks, temperatureCelsius };
  }

  async #readDisks(): Promise<DiskFacts[] | null> {
    const { mountsFile = '/proc/self/mounts' } = this.#options;
    const mounts = new HostFiles('/').text(mountsFile);
    return mounts === null ? null : readDisks(mounts, this.#files, this.#slow);
  }
}

/**
 * Makes the record of a host from two looks at it.
 * @param before the look before; `null` at the first, which has no rates
 */
export function deriveHost(host: string, before: HostFacts | null, now: HostFacts): HostRecord {
  const elapsedMs = before === null ? 0 : now.atMs - before.atMs;
  const { os, kernel, uptimeSeconds, cpu, load, memory, disks, interfaces, mediamtx } = now;
  return {
    host,
    os,
    kernel,
    uptimeSeconds,
    cpu: deriveCpu(before?.cpu ?? null, cpu),
    ...load,
    memory: deriveMemory(memory),
    swap: deriveSwap(memory),
    disks: disks?.map(deriveDisk) ?? null,
    network: deriveNetwork(before?.interfaces ?? null, interfaces, elapsedMs),
    temperatureCelsius: rounded(now.temperatureCelsius, 1),
    mediamtx:
      mediamtx?.map((each) => deriveProcess(before?.mediamtx ?? null, each, elapsedMs, cpu.bootedAtMs)) ??
      null,
  };
}
