import { send } from '../http/answer.ts';
import { securePage } from '../http/page.ts';
import { route } from '../http/route.ts';

const secure = securePage();

/** The page that shows the description. */
export const docs = route({
  path: '/api/docs',
  method: 'get',
  isExact: true,
  parameters: [],
  answers: { 200: { description: 'The page', type: 'text/html', headers: ['ETag'] } },
  open: true,
  described: { id: 'getDocs', tag: 'service', summary: 'This description as a page, to read and to try' },
  handler: ({ request, response }, { documents }) => {
    secure(request, response, () => {
      send(response, documents.docsPage());
    });
  },
});
