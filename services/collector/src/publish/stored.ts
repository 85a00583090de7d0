import {
  type ConnectionRecord,
  isShallow,
  type Reason,
  REASON_CODES,
  STREAM_STATES,
  type StreamRecord,
} from '@mediamtx-monitor/types';
import {
  connectionRecordSchema,
  streamRecordSchema,
  streamsHeadSchema,
} from '@mediamtx-monitor/types/schemas';
import type Joi from 'joi';
import { asFields, parsedJson } from '../fields.ts';

/** What stands in Redis from before. */
export interface Stored {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** Those that were gone, and whose end may not have been stored. */
  readonly gone: readonly ConnectionRecord[];
  /** Of the server itself. */
  readonly reasons: readonly Reason[];
  /** `null` when no path list was ever read, or what is stored can't be used. */
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

const NOTHING_STORED: Stored = {
  streams: [],
  connections: [],
  gone: [],
  reasons: [],
  collectedAtMs: null,
  simulated: false,
};

const CODES: ReadonlySet<unknown> = new Set(REASON_CODES);
const STATES: ReadonlySet<unknown> = new Set(STREAM_STATES);
/** What was renamed. */
const OLD_CODES: ReadonlyMap<unknown, string> = new Map([['source-lost', 'off-air']]);

function understoodReason(reason: unknown): unknown[] {
  const fields = asFields(reason);
  if (fields === null) return [reason];
  const code = OLD_CODES.get(fields['code']) ?? fields['code'];
  return CODES.has(code) ? [{ ...fields, code }] : [];
}

/** The item without codes and states of another release that this one doesn't know. */
function understood(item: unknown): unknown {
  const fields = asFields(item);
  if (fields === null) return item;
  const { reasons, state } = fields;
  return {
    ...fields,
    ...(Array.isArray(reasons) && { reasons: reasons.flatMap(understoodReason) }),
    ...(typeof state === 'string' && !STATES.has(state) && { state: 'unknown' }),
  };
}

/** The records of a stored array that fit the contract; `null` when none does of those there are, or it is no array. */
function parseRecords<T>(text: string | null, schema: Joi.Schema<T>): T[] | null {
  const items = parsedJson(text ?? '');
  if (!Array.isArray(items)) return null;
  const records = items.flatMap((item: unknown) => {
    const result = schema.required().validate(understood(item));
    return result.error === undefined && isShallow(result.value) ? [result.value] : [];
  });
  return items.length > 0 && records.length === 0 ? null : records;
}

/** Reads the stored head and arrays; what doesn't fit the contract counts as not there. */
export function parseStored(
  headText: string | null,
  streamsText: string | null,
  connectionsText: string | null,
  goneText: string | null = null,
): Stored {
  const head = streamsHeadSchema.required().validate(understood(parsedJson(headText ?? '')));
  if (head.error !== undefined) return NOTHING_STORED;
  const { collectedAt, simulated, reasons = [] } = head.value;
  const streams = parseRecords(streamsText, streamRecordSchema);
  if (streams === null || collectedAt === null) return { ...NOTHING_STORED, reasons };
  return {
    streams,
    connections: parseRecords(connectionsText, connectionRecordSchema) ?? [],
    gone: parseRecords(goneText, connectionRecordSchema) ?? [],
    reasons,
    collectedAtMs: Date.parse(collectedAt),
    simulated,
  };
}
