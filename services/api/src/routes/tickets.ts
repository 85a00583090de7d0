import { ticketSchema } from '@mediamtx-monitor/types/schemas';
import { sendJson } from '../http/answer.ts';
import { route } from '../http/route.ts';

/** A ticket for whoever asks with a token. */
export const tickets = route({
  path: '/api/tickets',
  method: 'post',
  parameters: [],
  answers: { 201: { description: 'The ticket', type: 'application/json', body: ticketSchema } },
  problems: ['tickets-off'],
  described: {
    id: 'issueTicket',
    tag: 'live',
    summary: 'A ticket that stands for the token for a short while',
    description:
      'For what can send no header, such as a browser’s `EventSource`: give it as `?ticket=`. It is looked at ' +
      'when a connection begins. The request has no body and needs the token itself, not a ticket.',
  },
  handler: ({ request, response }, { issueTicket }) => {
    sendJson(response, issueTicket(request), { status: 201, cacheControl: 'no-store' });
  },
});
