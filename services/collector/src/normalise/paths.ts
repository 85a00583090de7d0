import type { PathFact } from '../facts.ts';
import { asFields, asMeasure, asText } from './fields.ts';

const noTracks: readonly string[] = [];

function trackCodecs(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return noTracks;
  return value.filter((codec): codec is string => typeof codec === 'string');
}

/** One item of `/v3/paths/list`; `null` when it has no name. */
export function normalisePath(item: unknown): PathFact | null {
  const fields = asFields(item);
  const name = asText(fields?.['name']);
  if (fields === null || name === null) return null;
  const source = asFields(fields['source']);
  const readers = fields['readers'];
  return {
    name,
    sourceType: asText(source?.['type']),
    sourceId: asText(source?.['id']),
    tracks: trackCodecs(fields['tracks']),
    bytesReceived: asMeasure(fields['bytesReceived']),
    readers: Array.isArray(readers) ? readers.length : 0,
  };
}
