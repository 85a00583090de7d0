import { join } from 'node:path';
import type { Observation } from '../facts.ts';
import { carriers, parseNetDev } from '../parse/net-dev.ts';
import { parseStat } from '../parse/stat.ts';
import { parseLoad, parseMemory, parseUptime } from '../parse/system.ts';
import { readDisks } from './disks.ts';
import { readParsed, readText } from './files.ts';
import { createInventory } from './inventory.ts';
import { createAsk } from './patience.ts';
import { createProcessReader } from './processes.ts';
import { readHottest } from './sensors.ts';

export interface HostReaderOptions {
  /** Where the host's root is mounted here. */
  readonly root: string;
  /**
   * What is seen below the root. A container without the host's file system has a network, disks, processes and an
   * operating system of its own; they say nothing of the host, so they are left `null`.
   */
  readonly sees: 'host' | 'container';
  /** How long a file system or sensor may take to answer. */
  readonly patienceMs: number;
  readonly monotonicMs: () => number;
  /** This process's own list of mounts. */
  readonly mountsFile?: string;
}

/** Looks at the host. Never rejects: what can't be seen is `null`. */
export type ReadHost = () => Promise<Observation>;

/** Makes a reader of the host: a few small files below proc and sys, and statfs. */
export function createHostReader(options: HostReaderOptions): ReadHost {
  const { root, sees, patienceMs, monotonicMs, mountsFile = '/proc/self/mounts' } = options;
  const prefix = root.replace(/\/+$/, '');
  const proc = join(root, 'proc');
  const seesHost = sees === 'host';
  const ask = createAsk(patienceMs);
  const inventory = createInventory(root, monotonicMs);
  const readProcesses = createProcessReader(proc, monotonicMs);
  // The network is that of the process that reads, so below another root that of its first process is read.
  const netDev = join(proc, prefix === '' ? 'net/dev' : '1/net/dev');

  return async () => {
    const { os, kernel, sensors, devices } = inventory();
    const seen = {
      atMs: monotonicMs(),
      os: seesHost ? os : null,
      kernel,
      uptimeSeconds: readParsed(join(proc, 'uptime'), parseUptime),
      processor: parseStat(readText(join(proc, 'stat')) ?? ''),
      load: parseLoad(readText(join(proc, 'loadavg')) ?? ''),
      memory: parseMemory(readText(join(proc, 'meminfo')) ?? ''),
      interfaces: seesHost ? readParsed(netDev, (text) => carriers(parseNetDev(text), devices)) : null,
      mediamtx: seesHost ? readProcesses() : null,
    };
    const [disks, temperatureCelsius] = await Promise.all([
      seesHost ? readDisks({ prefix, mountsFile, ask }) : null,
      ask('sensors', () => readHottest(sensors)),
    ]);
    return { ...seen, disks, temperatureCelsius };
  };
}
