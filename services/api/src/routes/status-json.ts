import { route } from '../http/route.ts';
import { publicStatusSchema } from '../http/status-page.ts';
import { found, OF_EVERYONE, readerOf, sendFound } from '../http/status-route.ts';

/** A status page as JSON. */
export const statusJson = route({
  ...OF_EVERYONE,
  path: '/status/{page}.json',
  answers: found({ description: 'What it tells', type: 'application/json', body: publicStatusSchema }),
  described: {
    id: 'getStatus',
    tag: 'status',
    summary: 'What a status page tells, for programs and other pages',
  },
  handler: async ({ request, response, name }, { status }) => {
    sendFound(response, await status.page(name, 'json', readerOf(request)));
  },
});
