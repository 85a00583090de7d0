import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createDocument, type Document } from '../http/document.ts';
import { RefusedError } from '../http/refusal.ts';
import { SAFE_HEADERS } from '../http/safe-headers.ts';
import { securePage } from '../http/secure-page.ts';
import { DOCS_PAGE, DOCS_SCRIPT } from './docs-page.ts';
import { serve } from './serve.ts';

const PAGE_PATH = '/api/docs';
const FOLDER_PATH = '/api/docs/';
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

const secure = securePage();

/** `/api/docs`: the page that shows the description, and below it the few files it needs. */
export function createDocs(): Readonly<Record<string, RequestListener>> {
  const page = serve(() => createDocument('text/html; charset=utf-8', Buffer.from(DOCS_PAGE)));
  const files = new Map<string, RequestListener>([
    ['', toPage],
    ['start.js', serve(() => createDocument(SCRIPT, Buffer.from(DOCS_SCRIPT)))],
    ['swagger-ui-bundle.js', serve(() => ofSwagger('swagger-ui-bundle.js', SCRIPT))],
    ['swagger-ui.css', serve(() => ofSwagger('swagger-ui.css', STYLE))],
    ['index.css', serve(() => ofSwagger('index.css', STYLE))],
    ['favicon-32x32.png', serve(() => ofSwagger('favicon-32x32.png', 'image/png'))],
  ]);
  return {
    [PAGE_PATH]: (request, response) => {
      secure(request, response, () => {
        page(request, response);
      });
    },
    [FOLDER_PATH]: (request, response) => {
      const [path = ''] = (request.url ?? '').split('?', 1);
      const file = files.get(path.slice(FOLDER_PATH.length));
      if (file === undefined) {
        throw new RefusedError({
          code: 'not-found',
          detail: `The page is ${PAGE_PATH}; it has no such file.`,
        });
      }
      file(request, response);
    },
  };
}

/** The page's own paths are relative to its address without a slash; behind a proxy that may be another. */
const toPage: RequestListener = (_request, response) => {
  response.writeHead(308, { Location: '../docs', 'Content-Length': 0, ...SAFE_HEADERS }).end();
};

/** A file of Swagger UI. */
function ofSwagger(name: string, type: string): Document {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  return createDocument(type, readFileSync(join(folder, name)));
}
