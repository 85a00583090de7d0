import { send } from '../http/answer.ts';
import { route } from '../http/route.ts';
import { found, OF_EVERYONE, readerOf } from '../http/status-route.ts';

/** The stylesheet of status pages. */
export const statusStyle = route({
  ...OF_EVERYONE,
  path: '/status/style.css',
  answers: found({ description: 'The stylesheet', type: 'text/css' }),
  described: null,
  handler: ({ request, response }, { status }) => {
    send(response, status.style(readerOf(request)));
  },
});
