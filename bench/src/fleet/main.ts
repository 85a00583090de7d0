/**
 * What many servers cost: 50 of 200 streams with two collectors and two replicas, and 200 of 50 with one of each. Each
 * process is looked at while nobody has a page open, while one client follows one server, and while 200 clients follow one
 * each. The simulators aren't in it; they need the same machine, so figures are of one that is busy with them.
 * environment: QUICK=1 to see in a minute whether everything runs
 */
import { machineLines } from '../machine.ts';
import { print, printRow } from '../print.ts';
import { Ending } from '../rig/ending.ts';
import { type FleetCost, measureFleet } from './measure.ts';

const QUICK = (process.env['QUICK'] ?? '') !== '';
const WARM_UP_MS = QUICK ? 6_000 : 30_000;
const WINDOW_MS = QUICK ? 6_000 : 40_000;

const FLEETS = [
  { servers: 50, streams: 200, collectors: 2, replicas: 2 },
  { servers: 200, streams: 50, collectors: 1, replicas: 1 },
] as const;

const COLUMNS = [
  'of what',
  'processor, % of a core',
  'memory, MB',
  'into Redis, out of it, kB/s',
  '99 of 100 ticks within',
] as const;

function printLooks(title: string, looks: readonly FleetCost[]): void {
  print(`\n${title}\n`);
  printRow(COLUMNS);
  printRow(COLUMNS.map(() => '---'));
  for (const { what, cpuPercent, memoryMb, redisKbPerSecond: traffic, tickP99Ms } of looks) {
    printRow([
      what,
      cpuPercent.toFixed(1),
      memoryMb.toFixed(0),
      traffic === null ? '–' : `${traffic.in.toFixed(0)}, ${traffic.out.toFixed(0)}`,
      tickP99Ms === null ? '–' : `${tickP99Ms} ms`,
    ]);
  }
}

let ending = new Ending();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void ending.run().finally(() => process.exit(1)));
}
for (const line of await machineLines(false)) print(line);
for (const fleet of FLEETS) {
  ending = new Ending();
  try {
    const looks = await measureFleet(ending, { ...fleet, warmUpMs: WARM_UP_MS, windowMs: WINDOW_MS });
    printLooks(`${fleet.servers} servers of ${fleet.streams} streams`, looks);
  } finally {
    await ending.run();
  }
}
