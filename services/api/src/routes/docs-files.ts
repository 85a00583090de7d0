import { SAFE_HEADERS } from '@mediamtx-monitor/runtime';
import { send } from '../http/answer.ts';
import { readQuery } from '../http/query.ts';
import { RefusedError } from '../http/refusal.ts';
import { route } from '../http/route.ts';

/** The few files that the page of the description needs. */
export const docsFiles = route({
  path: '/api/docs/',
  method: 'get',
  isExact: true,
  // Those of a file only: on the way to the page none matters.
  parameters: 'any',
  answers: {},
  problems: ['not-found'],
  open: true,
  described: null,
  handler: ({ request, response, name }, { documents }) => {
    if (name === '') {
      // The page's own paths are relative to its address without a slash; behind a proxy that may be another.
      response.writeHead(308, { Location: '../docs', 'Content-Length': 0, ...SAFE_HEADERS }).end();
      return;
    }
    const file = documents.docsFile(name);
    if (file === undefined) {
      throw new RefusedError({ code: 'not-found', detail: 'The page is /api/docs; it has no such file.' });
    }
    readQuery(request.url ?? '', []);
    send(response, file);
  },
});
