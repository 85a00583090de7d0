import { route } from '../http/route.ts';
import { found, OF_EVERYONE, readerOf, sendFound } from '../http/status-route.ts';

/** A page that everyone may see. */
export const statusPage = route({
  ...OF_EVERYONE,
  path: '/status/{page}',
  answers: found({ description: 'The page', type: 'text/html' }),
  described: { id: 'getStatusPage', tag: 'status', summary: 'A page that everyone may see' },
  handler: async ({ request, response, name }, { status }) => {
    sendFound(response, await status.page(name, 'html', readerOf(request)));
  },
});
