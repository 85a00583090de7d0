import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Representation, representDocument } from '../http/answer.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** Everything the page needs comes from this service, by paths relative to its own, and nothing stands inline. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>MediaMTX Monitor API</title>
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png">
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="stylesheet" href="docs/index.css">
    <script src="docs/swagger-ui-bundle.js" defer></script>
    <script src="docs/start.js" defer></script>
  </head>
  <body>
    <main id="api">
      <noscript>This page needs JavaScript; the description itself is <a href="openapi.json">openapi.json</a>.</noscript>
    </main>
  </body>
</html>
`;

/** Shows the description. `validatorUrl`: it is sent to nobody. */
const START = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
});
`;

/** Makes the page. */
export function createDocsPage(): Representation {
  return representDocument('text/html; charset=utf-8', Buffer.from(PAGE));
}

/** What makes each file that it needs, by name. */
export const DOCS_FILES: ReadonlyMap<string, () => Representation> = new Map([
  ['start.js', () => representDocument(SCRIPT, Buffer.from(START))],
  ['swagger-ui-bundle.js', () => ofSwagger('swagger-ui-bundle.js', SCRIPT)],
  ['swagger-ui.css', () => ofSwagger('swagger-ui.css', STYLE)],
  ['index.css', () => ofSwagger('index.css', STYLE)],
  ['favicon-32x32.png', () => ofSwagger('favicon-32x32.png', 'image/png')],
]);

/** A file of Swagger UI. */
function ofSwagger(name: string, type: string): Representation {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  return representDocument(type, readFileSync(join(folder, name)));
}
