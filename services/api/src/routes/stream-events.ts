import { answerEvents, EVENTS } from '../http/events-page.ts';
import { route } from '../http/route.ts';
import { ownersOf } from '../http/servers.ts';

/**
 * What happened to one stream. Names may hold slashes: what stands at the end of the path is one's own only where the
 * whole isn't a stream's name.
 */
export const streamEvents = route({
  path: '/api/streams/{name}/events',
  method: 'get',
  isExact: true,
  parameters: EVENTS.filters,
  answers: {
    200: { description: 'Those events', type: 'application/json', body: EVENTS.body, headers: ['Vary'] },
  },
  problems: ['invalid-url', ...EVENTS.problems],
  described: {
    id: 'listStreamEvents',
    tag: 'data',
    summary: 'What happened to one stream and its connections',
    description:
      'As `/api/events`. The stream need not be there any more. Where a stream has the whole remainder of the path ' +
      'for its name, that stream is meant.',
  },
  handler: async ({ request, response, query, name, pass }, context) => {
    const { servers } = context.feed;
    await servers.current();
    if (ownersOf(servers.all(), `${name}/events`).length > 0) {
      pass();
      return;
    }
    await answerEvents(
      { request, response },
      query,
      context,
      (event) => 'stream' in event && event.stream === name,
    );
  },
});
