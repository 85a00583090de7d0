/**
 * Measures what everything costs, part by part, and prints tables with aims and peers. A run that has all figures of a
 * document writes them into it. A missed aim is no failure, only something that can't be measured is.
 * environment: ONLY=<parts>, QUICK=1 to see in a few minutes whether everything runs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Readings } from './figures.ts';
import { machineLines } from './machine.ts';
import { FULL, QUICK } from './pace.ts';
import { chosenParts, PARTS } from './parts.ts';
import { print } from './print.ts';
import { DOCUMENTS, type FigureDocument, reportOf, withReport } from './report.ts';
import { Ending } from './rig/ending.ts';

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

/** Puts a report into its document. */
function write(document: FigureDocument, report: string): void {
  const path = fileURLToPath(new URL(`../../docs/${document.file}`, import.meta.url));
  writeFileSync(path, withReport(document, readFileSync(path, 'utf8'), report));
}

async function run(): Promise<void> {
  const names = chosenParts(ONLY);
  const startedAt = new Date();
  const machine = await machineLines(names.some((name) => name.startsWith('page-')));
  const found = new Map<string, Readings | null>();
  for (const name of names) {
    if (!stopping.signal.aborted) found.set(name, await measured(name));
  }
  const readings = [...found.values()].reduce<Readings>((all, some) => ({ ...all, ...some }), {});
  const minutes = Math.round((Date.now() - startedAt.getTime()) / MS_PER_MINUTE);
  const circumstances = { at: `${startedAt.toISOString().slice(0, 16)}Z`, minutes, machine };
  for (const document of DOCUMENTS) {
    const report = reportOf(document, readings, circumstances);
    if (report === undefined) continue;
    print(report);
    const parts = [...PARTS.keys()].filter(document.has);
    if (quick === '' && parts.every((name) => found.get(name) != null)) write(document, report);
  }
  if ([...found.values()].includes(null)) process.exitCode = 1;
}

await run().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
