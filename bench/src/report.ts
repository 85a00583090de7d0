import { between } from '@mediamtx-monitor/scripts/docs/between';
import { table } from '@mediamtx-monitor/scripts/docs/table';
import type { Readings } from './figures.ts';
import { tableOf, verdictOf } from './summary.ts';

const OPEN = '<!-- figures, made by `make bench` -->';
const CLOSE = '<!-- end of figures -->';

/** In what circumstances something was measured. */
export interface Circumstances {
  /** When it began, as in `2026-11-29T04:35Z`. */
  readonly at: string;
  readonly minutes: number;
  readonly machine: readonly string[];
}

/** Everything in Markdown; its last line says which aims are missed. */
export function reportOf(readings: Readings, { at, minutes, machine }: Circumstances): string {
  const head = [`Measured at ${at}, in ${minutes} minutes`, ...machine].map((line) => `- ${line}\n`).join('');
  return `\n${head}${table(tableOf(readings))}${verdictOf(readings)}\n`;
}

/** The document with this report in its place; what stands around it is kept. */
export function withReport(document: string, report: string): string {
  return between(document, OPEN, CLOSE, `${report}\n`);
}
