import type { HostRecord } from '@mediamtx-monitor/types';
import type { Observation } from '../facts.ts';
import { deriveCpu } from './cpu.ts';
import { deriveDisk } from './disks.ts';
import { deriveMemory, deriveSwap } from './memory.ts';
import { deriveNetwork } from './network.ts';
import { deriveProcess } from './process.ts';
import { rounded } from './rates.ts';

/**
 * Makes the record of a host from two looks at it.
 * @param before the look before; `null` at the first, which has no rates
 */
export function deriveHost(host: string, before: Observation | null, now: Observation): HostRecord {
  const elapsedMs = before === null ? 0 : now.atMs - before.atMs;
  const { os, kernel, uptimeSeconds, processor, load, memory, disks, interfaces, mediamtx } = now;
  return {
    host,
    os,
    kernel,
    uptimeSeconds,
    cpu: deriveCpu(before?.processor ?? null, processor),
    ...load,
    memory: deriveMemory(memory),
    swap: deriveSwap(memory),
    disks: disks?.map(deriveDisk) ?? null,
    network: deriveNetwork(before?.interfaces ?? null, interfaces, elapsedMs),
    temperatureCelsius: rounded(now.temperatureCelsius, 1),
    mediamtx:
      mediamtx?.map((each) =>
        deriveProcess(before?.mediamtx ?? null, each, elapsedMs, processor.bootedAtMs),
      ) ?? null,
  };
}
