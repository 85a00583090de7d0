import { answerEvents, EVENTS } from '../http/events-page.ts';
import { formerOwners } from '../http/former-owners.ts';
import { route } from '../http/route.ts';
import { chosenBy } from '../http/server-choice.ts';
import { canTell, isUnread, ownersOf } from '../http/servers.ts';

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
  problems: ['invalid-url', 'unknown-stream', ...EVENTS.problems],
  described: {
    id: 'listStreamEvents',
    tag: 'data',
    summary: 'What happened to one stream and its connections',
    description:
      'As `/api/events`. The stream need not be there any more, as long as it has history or something is found. Where ' +
      'a stream has the whole remainder of the path for its name, that stream is meant.',
  },
  handler: async ({ request, response, query, name, pass }, context) => {
    const { servers } = context.feed;
    const isChosen = chosenBy(context.feed, query);
    await servers.current('streams', { isChosen });
    const fleet = servers.all().where(isChosen);
    if (ownersOf(fleet, `${name}/events`).length > 0) {
      pass();
      return;
    }
    await answerEvents({ request, response }, query, context, {
      wants: (event) => 'stream' in event && event.stream === name,
      onNone: async (reader) => {
        if (canTell(context.feed) && !isUnread(context.feed, query) && ownersOf(fleet, name).length === 0) {
          await formerOwners(context, name, query, reader);
        }
      },
    });
  },
});
