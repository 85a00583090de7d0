import { requesterSchema } from '@mediamtx-monitor/types/schemas';
import { sendJson } from '../http/answer.ts';
import { route } from '../http/route.ts';

/** Who asks, so that nobody is offered what would be refused. */
export const me = route({
  path: '/api/me',
  method: 'get',
  parameters: [],
  answers: {
    200: { description: 'Who asks', type: 'application/json', body: requesterSchema, headers: ['Vary'] },
  },
  described: {
    id: 'whoAmI',
    tag: 'changes',
    summary: 'Who asks, and what they may',
    description: 'The name of the token, and whether it stands in `API_OPERATORS`.',
  },
  handler: ({ request, response }, { requesterOf }) => {
    sendJson(response, requesterOf(request), { cacheControl: 'no-store' });
  },
});
