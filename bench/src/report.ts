import { between } from '@mediamtx-monitor/scripts/docs/between';
import { table } from '@mediamtx-monitor/scripts/docs/table';
import type { FigureId, Readings } from './figures.ts';
import { tableOf, verdictOf } from './summary.ts';

const CLOSE = '<!-- end of figures -->';

/** A document that has figures in it, between two marks. */
export interface FigureDocument {
  /** Below `docs/`. */
  readonly file: string;
  /** What measures them, as its first mark names it. */
  readonly command: string;
  /** Whether it has the figures, or parts, of this name. */
  readonly has: (name: string) => boolean;
}

const isOfHistory = (name: string): boolean => name.startsWith('history-');

/** All of them; each figure stands in one. */
export const DOCUMENTS: readonly FigureDocument[] = [
  { file: 'performance.md', command: 'make bench', has: (name) => !isOfHistory(name) },
  { file: 'history.md', command: 'make bench-history', has: isOfHistory },
];

/** In what circumstances something was measured. */
export interface Circumstances {
  /** When it began, as in `2026-11-29T04:35Z`. */
  readonly at: string;
  readonly minutes: number;
  readonly machine: readonly string[];
}

/**
 * What was measured of a document's figures, in Markdown; its last line says which aims are missed. `undefined` where
 * nothing was.
 */
export function reportOf(
  { has }: FigureDocument,
  all: Readings,
  { at, minutes, machine }: Circumstances,
): string | undefined {
  const readings: Readings = Object.fromEntries(Object.entries(all).filter(([id]) => has(id)));
  if (Object.keys(readings).length === 0) return undefined;
  const head = [`Measured at ${at}, in ${minutes} minutes`, ...machine].map((line) => `- ${line}\n`).join('');
  const verdict = verdictOf(readings, (id: FigureId) => has(id));
  return `\n${head}${table(tableOf(readings))}${verdict}\n`;
}

/** The text of a document with this report in its place; what stands around it is kept. */
export function withReport({ command }: FigureDocument, text: string, report: string): string {
  return between(text, `<!-- figures, made by \`${command}\` -->`, CLOSE, `${report}\n`);
}
