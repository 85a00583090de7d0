import { type ConnectionRecord, isShallow, type StreamRecord } from '@mediamtx-monitor/types';
import {
  connectionRecordSchema,
  streamRecordSchema,
  streamsHeadSchema,
} from '@mediamtx-monitor/types/schemas';
import type Joi from 'joi';

/** What stands in Redis from before. */
export interface Stored {
  /** The newest tick; zeros when there is none. */
  readonly epoch: number;
  readonly seq: number;
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** `null` when no path list was ever read, or what is stored can't be used. */
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

const NOTHING_STORED: Stored = {
  epoch: 0,
  seq: 0,
  streams: [],
  connections: [],
  collectedAtMs: null,
  simulated: false,
};

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** The records of a stored array that fit the contract; `null` when none does of those there are, or it is no array. */
function parseRecords<T>(text: string | null, schema: Joi.Schema<T>): T[] | null {
  const items = parseJson(text);
  if (!Array.isArray(items)) return null;
  const records = items.flatMap((item: unknown) => {
    const result = schema.required().validate(item);
    return result.error === undefined && isShallow(result.value) ? [result.value] : [];
  });
  return items.length > 0 && records.length === 0 ? null : records;
}

/** Reads the stored head and arrays; what doesn't fit the contract counts as not there. */
export function parseStored(
  headText: string | null,
  streamsText: string | null,
  connectionsText: string | null,
): Stored {
  const head = streamsHeadSchema.required().validate(parseJson(headText));
  if (head.error !== undefined) return NOTHING_STORED;
  const { epoch, seq, collectedAt, simulated } = head.value;
  const streams = parseRecords(streamsText, streamRecordSchema);
  if (streams === null || collectedAt === null) return { ...NOTHING_STORED, epoch, seq };
  return {
    epoch,
    seq,
    streams,
    connections: parseRecords(connectionsText, connectionRecordSchema) ?? [],
    collectedAtMs: Date.parse(collectedAt),
    simulated,
  };
}
