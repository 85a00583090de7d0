import type { StreamRecord } from '@mediamtx-monitor/types';
import { streamRecordSchema, streamsHeadSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';

/** What stands in Redis from before. */
export interface Stored {
  /** The newest tick; zeros when there is none. */
  readonly epoch: number;
  readonly seq: number;
  readonly streams: readonly StreamRecord[];
  /** `null` when no path list was ever read, or what is stored can't be used. */
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
}

const NOTHING_STORED: Stored = { epoch: 0, seq: 0, streams: [], collectedAtMs: null, simulated: false };

const recordsSchema = Joi.array<StreamRecord[]>().items(streamRecordSchema).required();

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** Reads the stored head and array; what doesn't fit the contract counts as not there. */
export function parseStored(headText: string | null, arrayText: string | null): Stored {
  const head = streamsHeadSchema.required().validate(parseJson(headText));
  if (head.error !== undefined) return NOTHING_STORED;
  const { epoch, seq, collectedAt, simulated } = head.value;
  const records = recordsSchema.validate(parseJson(arrayText));
  if (records.error !== undefined || collectedAt === null) {
    return { ...NOTHING_STORED, epoch, seq };
  }
  return { epoch, seq, streams: records.value, collectedAtMs: Date.parse(collectedAt), simulated };
}
