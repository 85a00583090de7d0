import { join } from 'node:path';
import { exists, listNames } from './files.ts';

/**
 * Finds the interfaces that have a device behind them. One whose master has a device too is left out: the master
 * counts its traffic (as with the virtual functions of Azure).
 */
export function findDevices(sys: string): ReadonlySet<string> {
  const folder = join(sys, 'class/net');
  const counts = (name: string): boolean =>
    exists(join(folder, name, 'device')) && !exists(join(folder, name, 'master/device'));
  return new Set(listNames(folder).filter(counts));
}
