import type { ServerResponse } from 'node:http';
import { RedisAwayError, RedisRefusedError } from '@mediamtx-monitor/runtime';
import { idBefore, isLaterEvent } from '@mediamtx-monitor/types';
import Joi from 'joi';
import { BusyError, type Feed, type KeptKind, type ScanRange } from '../feed/index.ts';
import { represent, send } from './answer.ts';
import { HistoryAwayError, HistoryRefusedError } from './history.ts';
import { csvOf, type CsvColumn, wantsCsv } from './csv.ts';
import type { Position, QueryValues } from './query.ts';
import { RefusedError } from './refusal.ts';

const cursor = Joi.string().required();

/** So many items are answered, unless more or less are asked for. */
const DEFAULT_LIMIT = 100;
/** So many entries are looked at for one answer. */
const MAX_ENTRIES = 20_000;

/** What of a time asked for is looked at. @throws {RefusedError} when it ends before it begins */
export function rangeOf({
  since,
  until,
  pageLimit = DEFAULT_LIMIT,
}: Partial<Pick<QueryValues, 'since' | 'until' | 'pageLimit'>>): ScanRange {
  if (since !== undefined && until !== undefined && 'ms' in since && 'ms' in until && since.ms > until.ms) {
    throw new RefusedError({ code: 'invalid-parameter', detail: 'until is before since; exchange them.' });
  }
  return {
    after: since === undefined ? null : afterOf(since),
    before: until === undefined ? null : idOf(until),
    limit: pageLimit,
    maxEntries: MAX_ENTRIES,
  };
}

/** Id after which a range begins: that of a cursor, or the last before a time. */
export function afterOf(position: Position): string {
  return 'ms' in position ? idBefore(idOf(position)) : position.id;
}

function idOf(position: Position): string {
  return 'ms' in position ? `${position.ms}-0` : position.id;
}

/** Why what is kept can't be had: codes of every route that answers with it. */
export const STORE_PROBLEMS = ['too-many-reads', 'store-unavailable', 'store-refused'] as const;
/** After what whoever finds no room may ask again, in seconds. */
const RETRY_AFTER_S = '2';

/**
 * What the Redis that keeps it answers, or the engine that keeps history.
 * @throws {RefusedError} one of `STORE_PROBLEMS` when it doesn't, or too many ask
 */
export async function fromStore<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

function refusalOf(error: unknown): RefusedError | undefined {
  const headers = { 'Retry-After': RETRY_AFTER_S };
  if (error instanceof RedisRefusedError) {
    const detail =
      `${error.message}. What is live is not concerned. A key of another kind was written by something else: rename ` +
      'it, or delete it; a user of Redis needs the rights that docs/operations.md lists.';
    return new RefusedError({ code: 'store-refused', detail });
  }
  if (error instanceof HistoryRefusedError) {
    return new RefusedError({ code: 'store-refused', detail: error.message });
  }
  if (error instanceof HistoryAwayError) {
    return new RefusedError({ code: 'store-unavailable', detail: error.message, headers });
  }
  if (error instanceof BusyError && error.code === 'reads-waiting') {
    const detail = 'Many reads of your address wait already; ask for one after the other.';
    return new RefusedError({ code: 'too-many-reads', detail, headers });
  }
  if (!(error instanceof RedisAwayError || error instanceof BusyError)) return undefined;
  const why =
    error instanceof BusyError ? 'Too many are reading it.' : 'The Redis that keeps it does not answer.';
  const detail = `${why} What is live is not concerned; ask again in a moment.`;
  return new RefusedError({ code: 'store-unavailable', detail, headers });
}

/** What answers with a page of what is kept say beside their items. */
export const pageMembers = (more: string) => ({
  next: cursor.description('Cursor for `since`: what comes after it was not looked at'),
  previous: cursor
    .allow(null)
    .description(
      'Cursor for `until`: what comes before it was not looked at; null where nothing is kept before',
    ),
  more: Joi.boolean().required().description(more),
  trimmed: Joi.boolean()
    .required()
    .description(
      'True when some after the cursor in `since` aren’t kept any more, or what is kept went back',
    ),
});

/**
 * Whether some after the cursor that a range begins with aren't kept any more, and where to go on: not ahead of all that
 * there is, where that went back. Of a time nobody asks that.
 */
export async function placeOf(
  { kept }: Feed,
  what: KeptKind,
  since: Position | undefined,
  next: string,
): Promise<{ readonly next: string; readonly trimmed: boolean }> {
  if (since === undefined || 'ms' in since) return { next, trimmed: false };
  const { trimmed, lastId } = await fromStore(kept.trimmedAfter(what, since.id));
  return { next: trimmed && isLaterEvent(next, lastId) ? lastId : next, trimmed };
}

/** What is answered as JSON, or as CSV to those who ask for that. */
export interface Tabular<Row> {
  readonly value: unknown;
  readonly columns: readonly CsvColumn<Row>[];
  readonly rows: readonly Row[];
  /** Headers of either, names and values in turn. */
  readonly headers?: readonly string[];
}

/** Answers with JSON or CSV. @param isCsv whether only CSV is to be had */
export function sendTabular<Row>(response: ServerResponse, isCsv: boolean, table: Tabular<Row>): void {
  const asCsv = isCsv || wantsCsv(response.req.headers.accept);
  const text = asCsv ? csvOf(table.columns, table.rows) : JSON.stringify(table.value);
  const answer = represent({
    type: asCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8',
    body: Buffer.from(text),
    cacheControl: 'no-cache',
    headers: table.headers ?? [],
    varies: 'Accept',
  });
  send(response, answer);
}
