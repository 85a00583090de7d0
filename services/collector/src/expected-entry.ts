import type { Hours } from '@mediamtx-monitor/runtime';
import { duration, hoursOf, withHours, type WrittenHours } from '@mediamtx-monitor/runtime/monitor-file';
import { serverIdSchema, streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi, { type CustomHelpers } from 'joi';

/** An entry of `expected` in MONITOR_CONFIG. */
export interface ExpectedEntry {
  /** Name of a stream, or a glob. */
  readonly match: string;
  /** Ids of those it is about; `null` = all. */
  readonly servers: readonly string[] | null;
  /** When it is expected; `null` = always. */
  readonly hours: Hours | null;
  /** How long a stream may be not live. */
  readonly forMs: number;
  /** How many of those that match have to be live; `null` = each. */
  readonly atLeast: number | null;
}

/** An entry as the file has it. */
interface Written extends WrittenHours {
  readonly match: string;
  readonly servers?: readonly string[];
  readonly for?: number;
  readonly atLeast?: number;
}

const DEFAULT_FOR_MS = 30_000;
const MAX_FOR_MS = 86_400_000;
/** More than so many have no record. */
const MAX_AT_LEAST = 500;

/** Whether a text stands for itself, and not for what it matches. */
export const isStreamName = (match: string): boolean => !/[*?{\\]/.test(match);

function readEntry(written: Written, { message }: CustomHelpers) {
  const { match, servers = null, timeZone, for: forMs = DEFAULT_FOR_MS, atLeast = null } = written;
  const hours = hoursOf(written);
  if (hours === null && timeZone !== undefined) {
    return message({ custom: '{{#label}} has a timeZone, but no days or hours' });
  }
  if (atLeast !== null && isStreamName(match)) {
    return message({ custom: '{{#label}} has atLeast, which is for globs, but its match is a name' });
  }
  return { match, servers, hours, forMs, atLeast };
}

/** What an entry of `expected` may hold; becomes an {@link ExpectedEntry}. */
export const expectedSchema: Joi.Schema = withHours({
  match: streamGlobSchema.required(),
  servers: Joi.array().items(serverIdSchema).min(1),
  for: duration(0, MAX_FOR_MS, 'a time of up to a day'),
  atLeast: Joi.number().integer().min(1).max(MAX_AT_LEAST),
}).custom(readEntry);
