import type { MonitorEvent } from '@mediamtx-monitor/types';
import { monitorEventSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { represent, send } from './answer.ts';
import { fromStore, pageMembers, placeOf, rangeOf, STORE_PROBLEMS } from './kept.ts';
import { isOneOf, type Query } from './query.ts';
import type { RouteContext, RouteRequest } from './route.ts';

const BODY = Joi.object({
  items: Joi.array().items(monitorEventSchema).required().description('Those that match, the newest last'),
  ...pageMembers(
    'Whether there may be more in the time asked for: with `since` after `next`, else before `previous`',
  ),
}).description('What happened');

const FILTERS = ['since', 'until', 'type', 'severity', 'server', 'pageLimit'] as const;
type EventQuery = Query<(typeof FILTERS)[number]>;

/** What either route says beside its own. */
export const EVENTS = { filters: FILTERS, body: BODY, problems: STORE_PROBLEMS } as const;

/**
 * Answers with events that are wanted.
 * @throws {RefusedError}
 */
export async function answerEvents(
  { request, response }: Pick<RouteRequest<never>, 'request' | 'response'>,
  query: EventQuery,
  { feed, askerOf }: Pick<RouteContext, 'feed' | 'askerOf'>,
  wants: (event: MonitorEvent) => boolean,
): Promise<void> {
  const { since, type, severity, server } = query;
  const found = await fromStore(
    feed.kept.events(
      rangeOf(query),
      (event) =>
        isOneOf(event.type, type) &&
        isOneOf(event.severity, severity) &&
        (server === undefined || event.server === server) &&
        wants(event),
      askerOf(request),
    ),
  );
  const { items, ...place } = { ...found, ...(await placeOf(feed, 'events', since, found.next)) };
  // As they are kept: members that aren't known here are passed on.
  const rest = JSON.stringify(place).slice(1);
  const body = Buffer.from(`{"items":[${items.map(({ json }) => json).join()}],${rest}`);
  send(
    response,
    represent({
      type: 'application/json; charset=utf-8',
      body,
      cacheControl: 'no-cache',
      varies: 'Accept-Encoding',
    }),
  );
}
