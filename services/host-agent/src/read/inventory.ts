import { join } from 'node:path';
import { parseOsRelease, parseWord } from '../parse/system.ts';
import { readParsed } from './files.ts';
import { findDevices } from './network.ts';
import { findSensors } from './sensors.ts';

/** What seldom changes on a host. */
export interface Inventory {
  readonly os: string | null;
  readonly kernel: string | null;
  /** Files of the temperature sensors. */
  readonly sensors: readonly string[];
  /** Network interfaces with a device behind them; none where that can't be seen. */
  readonly devices: ReadonlySet<string>;
}

const REFRESH_MS = 60_000;

/** On all current systems etc/os-release is a link, which below another root might lead elsewhere. */
function readOs(root: string): string | null {
  return (
    readParsed(join(root, 'usr/lib/os-release'), parseOsRelease) ??
    readParsed(join(root, 'etc/os-release'), parseOsRelease)
  );
}

function takeInventory(root: string): Inventory {
  return {
    os: readOs(root),
    kernel: readParsed(join(root, 'proc/sys/kernel/osrelease'), parseWord),
    sensors: findSensors(join(root, 'sys')),
    devices: findDevices(join(root, 'sys')),
  };
}

/** Makes a reader of the inventory, which is taken anew every minute. */
export function createInventory(root: string, monotonicMs: () => number): () => Inventory {
  let newest: Inventory | null = null;
  let takenAtMs = 0;
  return () => {
    if (newest !== null && monotonicMs() - takenAtMs < REFRESH_MS) return newest;
    takenAtMs = monotonicMs();
    newest = takeInventory(root);
    return newest;
  };
}
