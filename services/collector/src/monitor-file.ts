import type { ParseResult } from '@mediamtx-monitor/runtime';
import { monitorFileText, orStop, parseMembers, readLikeWatch } from '@mediamtx-monitor/runtime/monitor-file';
import { MAX_SUBJECTS, STREAM_REASON_CODES } from '@mediamtx-monitor/types';
import { serverIdSchema, streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import type { Limits, Thresholds } from './derive/index.ts';
import { type ExpectedEntry, expectedSchema } from './expected-entry.ts';
import { type ReadNamedText, type ServerEntry, serverSchema } from './server-entry.ts';

/** Limits as the file gives them: what isn't said stays as it was. */
type PartialThresholds = Partial<Record<keyof Thresholds, Partial<Limits>>>;

/** What is said of streams, all of them or those of a name. */
interface OfStreams {
  readonly thresholds: PartialThresholds;
  /** How long a stream that went is off air. */
  readonly offAirMinutes?: number;
}

/** What is said of streams of a name. */
export interface StreamsEntry extends OfStreams {
  readonly match: string;
  /** Ids of the servers it is about; all unless given. */
  readonly servers?: readonly string[];
}

/** The content of MONITOR_CONFIG. */
export interface MonitorFile extends OfStreams {
  /** Those to poll, each with an id of its own; left out where it is the one of the environment. */
  readonly servers?: readonly ServerEntry[];
  /** For streams whose name matches, later entries over earlier ones. */
  readonly streams: readonly StreamsEntry[];
  /** Streams that have to be live. */
  readonly expected: readonly ExpectedEntry[];
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

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
const membersOf = (readFile: ReadNamedText) => ({
  ...ofStreams,
  servers: Joi.array()
    .items(serverSchema(readFile))
    .min(1)
    .max(MAX_SUBJECTS)
    .unique('server', { ignoreUndefined: true })
    .messages({
      'array.min': '{{#label}} has no server in it; leave it out where MEDIAMTX_API_URL names the only one',
      'array.unique': '{{#label}} has the id of an entry before it',
    }),
  streams: Joi.array()
    .items(
      Joi.object({
        match: streamGlobSchema.required(),
        servers: Joi.array().items(serverIdSchema).min(1),
        ...ofStreams,
      }),
    )
    .default([]),
  expected: Joi.array().items(expectedSchema).default([]),
});

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

/** Reads of the text of MONITOR_CONFIG what is the collector's; mistakes with line and column. */
export function checkMonitorFile(
  text: string,
  path: string,
  readFile: ReadNamedText = readLikeWatch,
): ParseResult<MonitorFile> {
  const read = parseMembers<Omit<MonitorFile, 'warnings'>>(text, membersOf(readFile));
  return read.mistakes === null ? { value: renamed(read.value, path), mistakes: null } : read;
}

/**
 * As `checkMonitorFile`, for the start.
 * @throws {SettingsError} one line a mistake
 */
export const parseMonitorFile = (text: string, path: string): MonitorFile =>
  orStop(checkMonitorFile(text, path), path);

/**
 * Reads MONITOR_CONFIG, where one is set.
 * @throws {SettingsError} also when the file can't be read
 */
export const readMonitorFile = (
  path: string | undefined,
  readFile: ReadNamedText = readLikeWatch,
): MonitorFile => parseMonitorFile(monitorFileText(path, readFile), path ?? '');
