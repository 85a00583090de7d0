import { route } from '../http/route.ts';
import { answerSessions, SESSIONS } from '../http/sessions-page.ts';

/** Sessions as CSV, for what can't ask by `Accept`. */
export const sessionsCsv = route({
  path: '/api/sessions.csv',
  method: 'get',
  parameters: SESSIONS.parameters,
  answers: { 200: { description: 'Those sessions', type: 'text/csv', headers: ['Vary', 'Link'] } },
  problems: SESSIONS.problems,
  described: {
    id: 'listSessionsAsCsv',
    tag: 'data',
    summary: 'Publishers and readers as CSV',
    description: SESSIONS.description,
  },
  handler: (asked, context) => answerSessions(asked, context, true),
});
