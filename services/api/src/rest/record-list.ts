import type { RecordFields, Tick } from '../feed/index.ts';
import type { QueryValues, Sort, SortKey } from '../http/parameters.ts';

/** Which stream records, and in what order. */
export interface ListQuery extends Partial<Pick<QueryValues, 'state' | 'health' | 'search' | 'limit'>> {
  readonly sort: Sort;
}

interface RecordList {
  readonly items: readonly RecordFields[];
  /** Number of those that match, before any limit. */
  readonly total: number;
}

/** Chooses and orders stream records. */
export function listRecords(records: readonly RecordFields[], query: ListQuery): RecordList {
  const matching = records.filter((record) => matches(record, query)).sort(inOrder(query.sort));
  return { items: matching.slice(0, query.limit), total: matching.length };
}

/**
 * A tick's records, each with its server: a bare array's don't say it.
 * @param isSilent whether nobody knows any more how they are
 */
export function recordsOf(tick: Tick, isSilent = false): readonly RecordFields[] {
  const { subject: server } = tick;
  const records = isSilent ? tick.outdatedRecords : tick.records;
  return records.map((record) => (record['server'] === server ? record : { ...record, server }));
}

function matches(record: RecordFields, { state, health, search }: ListQuery): boolean {
  return (
    isOneOf(record['state'], state) &&
    isOneOf(record['health'], health) &&
    (search === undefined || text(record, 'name').toLowerCase().includes(search.toLowerCase()))
  );
}

function isOneOf(value: unknown, words: readonly unknown[] | undefined): boolean {
  return words === undefined || words.includes(value);
}

type Compare = (a: RecordFields, b: RecordFields) => number;

function inOrder({ key, descending }: Sort): Compare {
  return (a, b) => {
    const [first, second] = [valueOf(a, key), valueOf(b, key)];
    if (first === second) return byNameAndServer(a, b);
    // What isn't known is neither little nor much.
    if (first === null) return 1;
    if (second === null) return -1;
    return first < second === descending ? 1 : -1;
  };
}

const byNameAndServer: Compare = (a, b) =>
  compare(text(a, 'name'), text(b, 'name')) || compare(text(a, 'server'), text(b, 'server'));

/** By code unit, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function valueOf(record: RecordFields, key: SortKey): string | number | null {
  if (key === 'name') return text(record, key);
  const value = key === 'since' ? Date.parse(text(record, key)) : record[key];
  return typeof value === 'number' && !Number.isNaN(value) ? value : null;
}

function text(record: RecordFields, key: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : '';
}
