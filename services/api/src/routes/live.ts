import { route } from '../http/route.ts';
import { FILTER_PARAMETERS } from '../live/index.ts';

/** Newest messages, then every tick. */
export const live = route({
  path: '/api/live',
  method: 'get',
  isExact: true,
  parameters: FILTER_PARAMETERS,
  answers: { 200: { description: 'Events without end', type: 'text/event-stream' } },
  problems: ['too-many-clients', 'too-many-filters'],
  described: {
    id: 'followEvents',
    tag: 'live',
    summary: 'Newest messages, then every tick, as Server-Sent Events',
    description:
      'Events are named `streams`, `connections`, `hosts`, `alerts`, `events` and `status`; their data is a message as ' +
      '[asyncapi.json](asyncapi.json) describes it. The same comes over WebSocket at `/ws`.',
  },
  channel: 'events',
  handler: ({ request, response }, { sendEvents }) => {
    sendEvents(request, response);
  },
});
