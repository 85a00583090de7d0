import { type ConnectionRecord, NOTHING_DERIVED, type StreamRecord } from '@mediamtx-monitor/types';
import { PROTOCOL_MODULES } from '../protocols/index.ts';
import { nextLast } from './air.ts';
import type { StreamMemory } from './memory.ts';

/**
 * A stream's record while the path list can't be read: what MediaMTX said stays as last read; what is derived from
 * it isn't known any more. Of one that was live it says when that was.
 */
export function carriedStream(
  record: StreamRecord,
  memory: StreamMemory | undefined,
  unknownSince: string,
): StreamRecord {
  if (record.state === 'unknown' && record.since === unknownSince) return record;
  const forwards = record.forwards?.map((forward) => ({ ...forward, outboundMbps: null })) ?? null;
  return { ...record, ...NOTHING_DERIVED, since: unknownSince, last: nextLast(memory), forwards };
}

/** Whether nothing derived is left in a record. */
function isCarried(record: ConnectionRecord): boolean {
  if (record.inboundMbps !== null || record.outboundMbps !== null) return false;
  const detail = Object.values(record).find(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ) as object;
  return Object.values(detail).every((value) => value === null);
}

/**
 * A connection's record while its list can't be read: who it was stays, how it is isn't known.
 * @param holds whether what was wrong with it still counts: a reason doesn't end because its list went away
 */
export function carriedConnection(record: ConnectionRecord, holds: boolean): ConnectionRecord {
  const held = holds && record.reasons.length > 0;
  if (held ? isCarried(record) : record.health === 'unknown') return record;
  return {
    ...record,
    inboundMbps: null,
    outboundMbps: null,
    health: held ? record.health : 'unknown',
    reasons: held ? record.reasons : [],
    ...PROTOCOL_MODULES[record.protocol].blank(record),
  };
}
