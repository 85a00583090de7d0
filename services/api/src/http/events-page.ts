import type { MonitorEvent } from '@mediamtx-monitor/types';
import { monitorEventSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import type { Reader } from '../feed/index.ts';
import { isContinued, pageMembers, placeOf, rangeOf, sendPage } from './kept.ts';
import { isOneOf, type Query } from './query.ts';
import type { RouteContext, RouteRequest } from './route.ts';
import { chosenBy } from './server-choice.ts';
import { assertServer } from './servers.ts';
import { fromStore, readerOf, STORE_PROBLEMS } from './store.ts';

const BODY = Joi.object({
  items: Joi.array().items(monitorEventSchema).required().description('Those that match, the newest last'),
  ...pageMembers(
    'Whether there may be more in the time asked for: with `since` after `next`, else before `previous`',
  ),
}).description('What happened');

const FILTERS = ['since', 'until', 'type', 'severity', 'role', 'server', 'label', 'pageLimit'] as const;
type EventQuery = Query<(typeof FILTERS)[number]>;

/** What either route says beside its own. */
export const EVENTS = {
  filters: FILTERS,
  body: BODY,
  problems: ['unknown-server', ...STORE_PROBLEMS],
} as const;

/** Which events are answered. */
export interface EventChoice {
  readonly wants: (event: MonitorEvent) => boolean;
  /** Of those, none was looked at. @throws {RefusedError} where there can't be any */
  readonly onNone?: (reader: Reader) => Promise<void>;
}

/**
 * Answers with events that are wanted.
 * @throws {RefusedError}
 */
export async function answerEvents(
  asked: Pick<RouteRequest<never>, 'request' | 'response'>,
  query: EventQuery,
  context: RouteContext,
  { wants, onNone }: EventChoice,
): Promise<void> {
  const { feed } = context;
  const { since, type, severity, role, server } = query;
  const reader = readerOf(context, asked);
  if (query.label !== undefined) await feed.servers.currentHeads();
  const isChosen = chosenBy(feed, query);
  let [tellsOfServer, tellsOfWanted] = [server === undefined, false];
  const found = await fromStore(
    feed.kept.events(
      rangeOf(query),
      (event) => {
        if (event.server === server) tellsOfServer = true;
        if (!isChosen(event.server) || !wants(event)) return false;
        tellsOfWanted = true;
        const isOfRole = !('role' in event) || isOneOf(event.role, role);
        return isOfRole && isOneOf(event.type, type) && isOneOf(event.severity, severity);
      },
      reader,
    ),
  );
  if (!isContinued(query)) {
    if (server !== undefined && !tellsOfServer) await assertServer(context, server);
    // There may be some that weren't looked at.
    if (!tellsOfWanted && !found.more) await onNone?.(reader);
  }
  const { items, ...place } = { ...found, ...(await placeOf(feed, 'events', since, found.next)) };
  await sendPage(asked, context, items, place);
}
