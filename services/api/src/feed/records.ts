import type { Topic } from '@mediamtx-monitor/types';

/** A record as it came: whoever reads a member looks at what it is. */
export type RecordFields = Readonly<Record<string, unknown>>;

/** Parses an array of records. What isn't JSON, or not an object, is left out: the array's bytes still have it. */
export function parseRecords(array: Buffer): readonly RecordFields[] {
  let values: unknown;
  try {
    values = JSON.parse(array.toString());
  } catch {
    return [];
  }
  return Array.isArray(values) ? values.filter(isRecord) : [];
}

/** Name of the stream that a record is of or belongs to; `null` for a connection without one. */
export function streamOf(topic: Topic, record: RecordFields): string | null {
  const name = topic === 'streams' ? record['name'] : record['stream'];
  return typeof name === 'string' ? name : null;
}

function isRecord(value: unknown): value is RecordFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
