/**
 * Measures what everything costs, part by part, and prints one table with aims and peers. A whole run writes it into
 * docs/performance.md. A missed aim is no failure, only something that can't be measured is.
 * environment: ONLY=<parts>, QUICK=1 to see in a few minutes whether everything runs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Readings } from './figures.ts';
import { machineLines } from './machine.ts';
import { FULL, QUICK } from './pace.ts';
import { chosenParts, PARTS } from './parts.ts';
import { print } from './print.ts';
import { reportOf, withReport } from './report.ts';
import { Ending } from './rig/ending.ts';

const DOCUMENT = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const MS_PER_MINUTE = 60_000;
const { ONLY = '', QUICK: quick = '' } = process.env;
const pace = quick === '' ? FULL : QUICK;
let ending = new Ending();
const stopping = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping.abort();
    void ending.run().finally(() => process.exit(1));
  });
}

/** Measures a part and ends all that it started; `null` when that can't be done, which is said. */
async function measured(name: string): Promise<Readings | null> {
  ending = new Ending();
  const startMs = performance.now();
  try {
    const readings = (await PARTS.get(name)?.(ending, pace)) ?? null;
    print(`${name}: ${Math.round((performance.now() - startMs) / 1_000)} s`);
    return readings;
  } catch (error) {
    if (!stopping.signal.aborted) print(`${name}: could not be measured: ${String(error)}`);
    return null;
  } finally {
    await ending.run();
  }
}

async function run(): Promise<void> {
  const names = chosenParts(ONLY);
  const startedAt = new Date();
  const machine = await machineLines();
  const found: (Readings | null)[] = [];
  for (const name of names) {
    if (!stopping.signal.aborted) found.push(await measured(name));
  }
  const readings = found.reduce<Readings>((all, some) => ({ ...all, ...some }), {});
  const minutes = Math.round((Date.now() - startedAt.getTime()) / MS_PER_MINUTE);
  const report = reportOf(readings, { at: `${startedAt.toISOString().slice(0, 16)}Z`, minutes, machine });
  if (ONLY === '' && quick === '' && !found.includes(null)) {
    writeFileSync(DOCUMENT, withReport(readFileSync(DOCUMENT, 'utf8'), report));
  }
  if (found.includes(null)) process.exitCode = 1;
  print(report);
}

await run().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
