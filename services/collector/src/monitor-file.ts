import { SettingsError } from '@mediamtx-monitor/runtime';
import { STREAM_REASON_CODES } from '@mediamtx-monitor/types';
import { streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Limits, Thresholds } from './derive/index.ts';
import { type ExpectedEntry, expectedSchema } from './expected-entry.ts';

/** Limits as the file gives them: what isn't said stays as it was. */
type PartialThresholds = Partial<Record<keyof Thresholds, Partial<Limits>>>;

/** What is said of streams, all of them or those of a name. */
interface OfStreams {
  readonly thresholds: PartialThresholds;
  /** How long a stream that went is off air. */
  readonly offAirMinutes?: number;
}

/** The content of MONITOR_CONFIG. */
export interface MonitorFile extends OfStreams {
  /** For streams whose name matches, later entries over earlier ones. */
  readonly streams: readonly (OfStreams & { readonly match: string })[];
  /** Streams that have to be live. */
  readonly expected: readonly ExpectedEntry[];
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

const NOTHING: MonitorFile = { thresholds: {}, streams: [], expected: [], warnings: [] };

/** Names of reasons that have another one now. */
const OLD_NAMES = { 'source-lost': 'off-air' } as const;
type OldName = keyof typeof OLD_NAMES;
const isOldName = (code: string): code is OldName => code in OLD_NAMES;

const MAX_OFF_AIR_MINUTES = 1_440;
const limit = Joi.number().min(0).allow(null);
const limits = Joi.object({ warning: limit, critical: limit });
const ofStreams = {
  thresholds: Joi.object(
    Object.fromEntries([...STREAM_REASON_CODES, ...Object.keys(OLD_NAMES)].map((code) => [code, limits])),
  )
    .nand('source-lost', OLD_NAMES['source-lost'])
    .messages({ 'object.nand': '{{#label}} has a reason under its old name and its new one' })
    .default({}),
  offAirMinutes: Joi.number().min(0).max(MAX_OFF_AIR_MINUTES),
};
const schema = Joi.object<Omit<MonitorFile, 'warnings'>>({
  ...ofStreams,
  streams: Joi.array()
    .items(Joi.object({ match: streamGlobSchema.required(), ...ofStreams }))
    .default([]),
  expected: Joi.array().items(expectedSchema).default([]),
}).default(NOTHING);

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

/** The file with the names that reasons have now. */
function renamed(file: Omit<MonitorFile, 'warnings'>, path: string): MonitorFile {
  const found = new Set<OldName>();
  const withNewNames = <Part extends OfStreams>(part: Part): Part => ({
    ...part,
    thresholds: Object.fromEntries(
      Object.entries(part.thresholds).map(([code, changes]) => {
        if (!isOldName(code)) return [code, changes];
        found.add(code);
        return [OLD_NAMES[code], changes];
      }),
    ),
  });
  const read = { ...withNewNames(file), streams: file.streams.map(withNewNames) };
  const warnings = [...found].map(
    (code) => `MONITOR_CONFIG ${path}: ${code} is the old name of ${OLD_NAMES[code]}; write that instead`,
  );
  return { ...read, warnings };
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
  if (result.error === undefined) return renamed(result.value, path);
  throw refuse(
    result.error.details.map((detail) => `${positionOf(document, lines, detail.path)}: ${detail.message}`),
  );
}

/**
 * Reads MONITOR_CONFIG, where one is set.
 * @throws {SettingsError} also when the file can't be read
 */
export function readMonitorFile(path: string | undefined, readFile: (path: string) => string): MonitorFile {
  if (path === undefined) return NOTHING;
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
