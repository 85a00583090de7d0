import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Representation, send } from '../http/answer.ts';
import { RefusedError } from '../http/refusal.ts';
import { route, type RouteAnswer } from '../http/route.ts';
import { publicStatusSchema, type StatusReader } from '../http/status-page.ts';

/** Whatever name isn't there is refused alike, so that nobody learns which others are. */
function sendFound(response: ServerResponse, answer: Representation | undefined): void {
  if (answer === undefined) {
    throw new RefusedError({ code: 'not-found', detail: 'There is no status page here.' });
  }
  send(response, answer);
}

function readerOf({ headers }: IncomingMessage): StatusReader {
  return { acceptLanguage: headers['accept-language'], acceptEncoding: headers['accept-encoding'] };
}

const found = (answer: Omit<RouteAnswer, 'headers'>): Readonly<Record<200, RouteAnswer>> => ({
  200: { ...answer, headers: ['ETag', 'Vary'] },
});

/** What all of them have in common: links to them may have got parameters on their way. */
const OF_EVERYONE = {
  method: 'get',
  isExact: true,
  parameters: 'any',
  problems: ['not-found'],
  open: true,
} as const;

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
