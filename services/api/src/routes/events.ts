import { streamGlob } from '@mediamtx-monitor/runtime';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { monitorEventSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { represent, send } from '../http/answer.ts';
import { fromStore, rangeOf } from '../http/kept.ts';
import type { Query } from '../http/query.ts';
import { route, type RouteContext, type RouteRequest } from '../http/route.ts';
import { ownersOf } from '../http/servers.ts';

const cursor = Joi.string().required();

const BODY = Joi.object({
  items: Joi.array().items(monitorEventSchema).required().description('Those that match, the newest last'),
  next: cursor.description('Cursor for `since`: what comes after it was not looked at'),
  previous: cursor
    .allow(null)
    .description(
      'Cursor for `until`: what comes before it was not looked at; null where nothing is kept before',
    ),
  more: Joi.boolean()
    .required()
    .description(
      'Whether there may be more in the time asked for: with `since` after `next`, else before `previous`',
    ),
  trimmed: Joi.boolean()
    .required()
    .description('True when some after the cursor in `since` aren’t kept any more'),
}).description('What happened');

const FILTERS = ['since', 'until', 'type', 'severity', 'server', 'pageLimit'] as const;
type EventQuery = Query<(typeof FILTERS)[number]>;

/** What happened. */
export const events = route({
  path: '/api/events',
  method: 'get',
  parameters: [...FILTERS, 'stream'],
  answers: {
    200: { description: 'Those events', type: 'application/json', body: BODY, headers: ['Vary'] },
  },
  problems: ['store-unavailable'],
  described: {
    id: 'listEvents',
    tag: 'data',
    summary: 'What happened, the newest last',
    description:
      'Without `since` the newest that match, with it those that follow. An answer looks at 20,000 events at most: ' +
      '`next` and `previous` say how far it has come, so that nothing is passed over unseen. Times are those at ' +
      'which an event was written down. What comes from now on is sent by topic `events` of [live](asyncapi.json).',
  },
  handler: ({ request, response, query }, context) => {
    const { stream } = query;
    const matches = stream === undefined ? undefined : streamGlob(stream);
    return answer({ request, response }, query, context, (event) =>
      matches === undefined ? true : 'stream' in event && matches(event.stream),
    );
  },
});

/**
 * What happened to one stream. Names may hold slashes: what stands at the end of the path is one's own only where the
 * whole isn't a stream's name.
 */
export const streamEvents = route({
  path: '/api/streams/{name}/events',
  method: 'get',
  isExact: true,
  parameters: FILTERS,
  answers: {
    200: { description: 'Those events', type: 'application/json', body: BODY, headers: ['Vary'] },
  },
  problems: ['invalid-url', 'store-unavailable'],
  described: {
    id: 'listStreamEvents',
    tag: 'data',
    summary: 'What happened to one stream and its connections',
    description:
      'As `/api/events`. The stream need not be there any more. Where a stream has the whole remainder of the path ' +
      'for its name, that stream is meant.',
  },
  handler: ({ request, response, query, name, pass }, context) => {
    if (ownersOf(context.feed.servers.all(), `${name}/events`).length > 0) {
      pass();
      return;
    }
    return answer(
      { request, response },
      query,
      context,
      (event) => 'stream' in event && event.stream === name,
    );
  },
});

async function answer(
  { request, response }: Pick<RouteRequest<never>, 'request' | 'response'>,
  query: EventQuery,
  { feed, charge }: Pick<RouteContext, 'feed' | 'charge'>,
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
    ),
  );
  const isCursor = since !== undefined && 'id' in since;
  const trimmed = isCursor && (await fromStore(feed.kept.isTrimmedAfter('events', since.id)));
  const { items, workMs, ...place } = found;
  charge(request, workMs);
  // As they are kept: members that aren't known here are passed on.
  const rest = JSON.stringify({ ...place, trimmed }).slice(1);
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

function isOneOf(value: string, allowed: readonly string[] | undefined): boolean {
  return allowed === undefined || allowed.includes(value);
}
