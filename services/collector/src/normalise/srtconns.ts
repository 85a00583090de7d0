import type { SrtConnFact } from '../facts.ts';
import { asFields, asMeasure, asText } from './fields.ts';

/** One item of `/v3/srtconns/list`; `null` when it has no id. Its `query` is never read: it may hold passwords. */
export function normaliseSrtConn(item: unknown): SrtConnFact | null {
  const fields = asFields(item);
  const id = asText(fields?.['id']);
  if (fields === null || id === null) return null;
  return {
    id,
    rttMs: asMeasure(fields['msRTT']),
    receiveRateMibps: asMeasure(fields['mbpsReceiveRate']),
    linkCapacityMibps: asMeasure(fields['mbpsLinkCapacity']),
  };
}
