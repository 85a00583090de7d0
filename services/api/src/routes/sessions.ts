import { route } from '../http/route.ts';
import { answerSessions, SESSIONS } from '../http/sessions-page.ts';

/** Who was there, and who is. */
export const sessions = route({
  path: '/api/sessions',
  method: 'get',
  parameters: SESSIONS.parameters,
  answers: {
    200: {
      description: 'Those sessions',
      type: 'application/json',
      alsoAs: 'text/csv',
      body: SESSIONS.body,
      headers: ['Vary', 'Link'],
    },
  },
  problems: SESSIONS.problems,
  described: {
    id: 'listSessions',
    tag: 'data',
    summary: 'Publishers and readers, closed and open',
    description: SESSIONS.description,
  },
  handler: (asked, context) => answerSessions(asked, context, false),
});
