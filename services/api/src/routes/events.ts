import { streamGlob } from '@mediamtx-monitor/runtime';
import { answerEvents, EVENTS } from '../http/events-page.ts';
import { route } from '../http/route.ts';

/** What happened. */
export const events = route({
  path: '/api/events',
  method: 'get',
  parameters: [...EVENTS.filters, 'stream'],
  answers: {
    200: { description: 'Those events', type: 'application/json', body: EVENTS.body, headers: ['Vary'] },
  },
  problems: EVENTS.problems,
  described: {
    id: 'listEvents',
    tag: 'data',
    summary: 'What happened, the newest last',
    description:
      'Without `since` the newest that match, with it those that follow. An answer looks at 20,000 events at most, and ends ' +
      'with the one by which it has 8 MiB: `next` and `previous` say how far it has come, so that nothing is passed over unseen. Times are those at ' +
      'which an event was written down. What comes from now on is sent by topic `events` of [live](asyncapi.json).',
  },
  handler: ({ request, response, query }, context) => {
    const { stream } = query;
    const matches = stream === undefined ? undefined : streamGlob(stream);
    return answerEvents({ request, response }, query, context, {
      wants: (event) => (matches === undefined ? true : 'stream' in event && matches(event.stream ?? '')),
    });
  },
});
