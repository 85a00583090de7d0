import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';
import {
  connectionRecordSchema,
  streamRecordSchema,
  streamsHeadSchema,
} from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';

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

const streamsSchema = Joi.array<StreamRecord[]>().items(streamRecordSchema).required();
const connectionsSchema = Joi.array<ConnectionRecord[]>().items(connectionRecordSchema).required();

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
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
  const streams = streamsSchema.validate(parseJson(streamsText));
  if (streams.error !== undefined || collectedAt === null) return { ...NOTHING_STORED, epoch, seq };
  const connections = connectionsSchema.validate(parseJson(connectionsText));
  return {
    epoch,
    seq,
    streams: streams.value,
    connections: connections.error === undefined ? connections.value : [],
    collectedAtMs: Date.parse(collectedAt),
    simulated,
  };
}
