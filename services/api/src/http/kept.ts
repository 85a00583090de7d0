import { idBefore, isLaterEvent, NO_EVENT_ID } from '@mediamtx-monitor/types';
import Joi from 'joi';
import type { Feed, KeptKind, ScanRange } from '../feed/index.ts';
import type { Position, QueryValues } from './parameters.ts';
import { represent } from './answer.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext, RouteRequest } from './route.ts';
import { fromStore } from './store.ts';
import { itemsBody } from './tabular.ts';

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

/** Whether a question goes on with what was answered before: who asks it has been told what there is. */
export function isContinued({ since, until }: Partial<Pick<QueryValues, 'since' | 'until'>>): boolean {
  return [since, until].some((each) => each !== undefined && 'id' in each && each.id !== NO_EVENT_ID);
}

/** Id after which a range begins: that of a cursor, or the last before a time. */
export function afterOf(position: Position): string {
  return 'ms' in position ? idBefore(idOf(position)) : position.id;
}

function idOf(position: Position): string {
  return 'ms' in position ? `${position.ms}-0` : position.id;
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
 * Whether some after the cursor that a range begins with aren't kept any more, and where to go on: never ahead of all that
 * there is. Of a time nobody asks the former.
 */
export async function placeOf(
  { kept }: Feed,
  what: KeptKind,
  since: Position | undefined,
  next: string,
): Promise<{ readonly next: string; readonly trimmed: boolean }> {
  if (since === undefined) return { next, trimmed: false };
  const isTime = 'ms' in since;
  // Behind an entry nothing is ahead.
  if (isTime && next !== afterOf(since)) return { next, trimmed: false };
  const { trimmed, lastId } = isTime
    ? { trimmed: false, ...(await fromStore(kept.end(what))) }
    : await fromStore(kept.trimmedAfter(what, since.id));
  return { next: isLaterEvent(next, lastId) ? lastId : next, trimmed };
}

/** Answers with a page of what is kept, as it is kept: members that aren't known here are passed on. */
export function sendPage(
  { response }: Pick<RouteRequest<never>, 'response'>,
  { bodies }: Pick<RouteContext, 'bodies'>,
  items: readonly { readonly json: string }[],
  members: object,
): Promise<void> {
  return bodies.send(
    response,
    represent({
      type: 'application/json; charset=utf-8',
      body: itemsBody(
        items.map(({ json }) => json),
        members,
      ),
      cacheControl: 'no-cache',
      varies: 'Accept-Encoding',
    }),
  );
}
