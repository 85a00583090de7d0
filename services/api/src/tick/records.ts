import { isShallow, isSparse, NOTHING_DERIVED, type Pull, type SnapshotTopic } from '@mediamtx-monitor/types';

/** A record as it came: whoever reads a member looks at what it is. */
export type RecordFields = Readonly<Record<string, unknown>>;

/**
 * Parses an array of records. What isn't JSON, not an object, or nested so deep that it could not be written again is
 * left out: the array's bytes still have it.
 */
export function parseRecords(array: Buffer): readonly RecordFields[] {
  return parseArray(array)?.filter(isRecord) ?? [];
}

/** Whether an array is JSON, and all in it are records. */
export function areRecords(array: Buffer): boolean {
  return parseArray(array)?.every(isRecord) === true;
}

/**
 * A stream's record when its collector is silent: what MediaMTX said, what the stream was when it was last live, and what
 * is configured, stay as last read. Nothing else is known: not how it is, nor how a pull or forwards are doing.
 */
export function outdated(record: RecordFields, since: string): RecordFields {
  if (record['state'] === NOTHING_DERIVED.state) return record;
  const { pull, forwards } = record;
  return {
    ...record,
    ...NOTHING_DERIVED,
    ...(typeof pull === 'object' && pull !== null && { pull: { ...pull, ...UNKNOWN_PULL } }),
    ...(forwards !== undefined && { forwards: null }),
    since,
  };
}

const UNKNOWN_PULL = { state: null, error: null } as const satisfies Partial<Pull>;

function parseArray(array: Buffer): readonly unknown[] | undefined {
  if (!isSparse(array)) return undefined;
  try {
    const values: unknown = JSON.parse(array.toString());
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}

/** Name of the stream that a record is of or belongs to; `null` for a connection without one. */
export function streamOf(topic: SnapshotTopic, record: RecordFields): string | null {
  const name = topic === 'streams' ? record['name'] : record['stream'];
  return typeof name === 'string' ? name : null;
}

function isRecord(value: unknown): value is RecordFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isShallow(value);
}
