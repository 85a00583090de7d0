import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import { answerTo, sendData } from '../http/data.ts';
import type { QueryValues, StreamSort, StreamSortKey } from '../http/parameters.ts';
import { isOneOf } from '../http/query.ts';
import { dataAnswer, listBody, route } from '../http/route.ts';
import { fleetWithData, recordsOf, silentOf } from '../http/servers.ts';
import type { RecordFields } from '../tick/index.ts';

const BY_NAME = { key: 'name', descending: false } as const;

/** The streams that match, in the order asked for. */
export const streams = route({
  path: '/api/streams',
  method: 'get',
  parameters: ['state', 'health', 'server', 'label', 'search', 'sort', 'limit'],
  answers: dataAnswer(
    'Those streams',
    listBody(streamRecordSchema, 'Number of streams that match, before `limit`'),
  ),
  problems: ['unknown-server', 'no-data'],
  described: {
    id: 'listStreams',
    tag: 'data',
    summary: 'Streams that match, in the order asked for',
  },
  handler: async ({ response, query: { server, label, ...asked } }, context) => {
    const { feed } = context;
    const fleet = await fleetWithData(feed, { server, label });
    const query: ListQuery = { ...asked, sort: asked.sort ?? BY_NAME };
    const silent = silentOf(feed, fleet);
    const question = `streams ${canonical(query)} ${[...silent].join(' ')}`;
    const content = await answerTo(context, response, fleet, question, () => {
      const records = fleet.ticks.flatMap((tick) => recordsOf(tick, silent.has(tick.subject)));
      return Buffer.from(JSON.stringify(listRecords(records, query)));
    });
    await sendData(response, feed, { content, ticks: fleet.ticks });
  },
});

/** The same text for queries that mean the same. */
function canonical({ state, health, search, sort, limit }: ListQuery): string {
  const { key, descending } = sort;
  return JSON.stringify([
    state?.toSorted(),
    health?.toSorted(),
    search?.toLowerCase(),
    key,
    descending,
    limit,
  ]);
}

/** Which stream records, and in what order. */
export interface ListQuery extends Partial<Pick<QueryValues, 'state' | 'health' | 'search' | 'limit'>> {
  readonly sort: StreamSort;
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

function matches(record: RecordFields, { state, health, search }: ListQuery): boolean {
  return (
    isOneOf(record['state'], state) &&
    isOneOf(record['health'], health) &&
    (search === undefined || text(record, 'name').toLowerCase().includes(search.toLowerCase()))
  );
}

type Compare = (a: RecordFields, b: RecordFields) => number;

function inOrder({ key, descending }: StreamSort): Compare {
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

function valueOf(record: RecordFields, key: StreamSortKey): string | number | null {
  if (key === 'name') return text(record, key);
  const value = key === 'since' ? Date.parse(text(record, key)) : record[key];
  return typeof value === 'number' && !Number.isNaN(value) ? value : null;
}

function text(record: RecordFields, key: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : '';
}
