import { route } from '../http/route.ts';
import { found, OF_EVERYONE, readerOf, sendFound } from '../http/status-route.ts';

/** A picture of the state of something that a status page tells of. */
export const statusBadge = route({
  ...OF_EVERYONE,
  path: '/status/{page}/{item}/badge.svg',
  answers: found({ description: 'The picture', type: 'image/svg+xml' }),
  described: {
    id: 'getStatusBadge',
    tag: 'status',
    summary: 'The state of one item of a status page as a picture (SVG), for other pages',
  },
  handler: async ({ request, response, name, item }, { status }) => {
    sendFound(response, await status.badge(name, item, readerOf(request)));
  },
});
