import { SettingsError, streamGlob } from '@mediamtx-monitor/runtime';
import { STREAM_REASON_CODES } from '@mediamtx-monitor/types';
import { streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Limits, Thresholds } from './derive/index.ts';

/** Limits as the file gives them: what isn't said stays as it was. */
type PartialThresholds = Partial<Record<keyof Thresholds, Partial<Limits>>>;

/** The content of MONITOR_CONFIG. */
export interface MonitorFile {
  /** For every stream. */
  readonly thresholds: PartialThresholds;
  /** For streams whose name matches, later entries over earlier ones. */
  readonly streams: readonly { readonly match: string; readonly thresholds: PartialThresholds }[];
}

/** Names may come and go without end; so many are looked up without matching anew. */
const MAX_REMEMBERED_NAMES = 50_000;
const limit = Joi.number().min(0).allow(null);
const thresholds = Joi.object(
  Object.fromEntries(
    STREAM_REASON_CODES.map((code) => [code, Joi.object({ warning: limit, critical: limit })]),
  ),
).default({});
const schema = Joi.object<MonitorFile>({
  thresholds,
  streams: Joi.array()
    .items(Joi.object({ match: streamGlobSchema.required(), thresholds }))
    .default([]),
}).default({ thresholds: {}, streams: [] });

function placeOf(node: Node, lines: LineCounter): string {
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return `line ${line}, column ${col}`;
}

/** The name of a member, or an entry of a list; `undefined` where the file hasn't got it. */
function nodeAt(document: Document, path: readonly (string | number)[]): unknown {
  const around = document.getIn(path.slice(0, -1), true);
  const member = isMap(around)
    ? around.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  return member?.key ?? document.getIn(path, true);
}

/** Where in the file a mistake is: of the member itself, or of the nearest one around it. */
function positionOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): string {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node)) return placeOf(node, lines);
  }
  return 'line 1, column 1';
}

/** What YAML itself finds wrong, and globs without quotes: to YAML, `*` begins an alias. */
function syntaxMistakes(document: Document, lines: LineCounter): string[] {
  const mistakes = document.errors.map(({ message, linePos }) => {
    const [{ line, col } = { line: 1, col: 1 }] = linePos ?? [];
    return `line ${line}, column ${col}: ${message.split('\n')[0] ?? ''}`;
  });
  if (mistakes.length > 0) return mistakes;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      mistakes.push(`${placeOf(alias, lines)}: what begins with * needs quotes: "*${alias.source}"`);
    },
  });
  return mistakes;
}

/**
 * Reads the text of MONITOR_CONFIG.
 * @throws {SettingsError} one line a mistake, with line and column
 */
export function parseMonitorFile(text: string, path: string): MonitorFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const refuse = (mistakes: readonly string[]): SettingsError =>
    new SettingsError(mistakes.map((mistake) => `MONITOR_CONFIG ${path}, ${mistake}`));
  const mistakes = syntaxMistakes(document, lines);
  if (mistakes.length > 0) throw refuse(mistakes);
  const result = schema.validate(document.toJS() ?? undefined, { abortEarly: false, convert: false });
  if (result.error === undefined) return result.value;
  throw refuse(
    result.error.details.map((detail) => `${positionOf(document, lines, detail.path)}: ${detail.message}`),
  );
}

/**
 * Reads MONITOR_CONFIG, where one is set.
 * @throws {SettingsError} also when the file can't be read
 */
export function readMonitorFile(path: string | undefined, readFile: (path: string) => string): MonitorFile {
  if (path === undefined) return { thresholds: {}, streams: [] };
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([
      `MONITOR_CONFIG is "${path}", which can't be read (${reason}); allowed: a readable file`,
    ]);
  }
  return parseMonitorFile(text, path);
}

function merged(base: Thresholds, changes: PartialThresholds): Thresholds {
  const entries = STREAM_REASON_CODES.map((code) => [code, { ...base[code], ...changes[code] }]);
  // Every code has its entry.
  return Object.fromEntries(entries) as Thresholds;
}

/** Finds the thresholds of a stream by its name: the defaults, then the file's, then those of matching globs. */
export function createThresholdsOf(defaults: Thresholds, file: MonitorFile): (stream: string) => Thresholds {
  const all = merged(defaults, file.thresholds);
  const globs = file.streams.map(({ match, thresholds: changes }) => ({
    matches: streamGlob(match),
    changes,
  }));
  if (globs.length === 0) return () => all;
  const byCombination = new Map<string, Thresholds>();
  const byStream = new Map<string, Thresholds>();
  return (stream) => {
    const known = byStream.get(stream);
    if (known !== undefined) return known;
    const matching = globs.filter(({ matches }) => matches(stream));
    const combination = matching.map((glob) => globs.indexOf(glob)).join();
    const found =
      byCombination.get(combination) ?? matching.reduce((base, { changes }) => merged(base, changes), all);
    byCombination.set(combination, found);
    if (byStream.size >= MAX_REMEMBERED_NAMES) {
      byStream.clear();
      byCombination.clear();
    }
    byStream.set(stream, found);
    return found;
  };
}
