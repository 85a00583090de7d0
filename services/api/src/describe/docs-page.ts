/** Everything the page needs comes from this service, by paths relative to its own, and nothing stands inline. */
export const DOCS_PAGE = `<!doctype html>
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
export const DOCS_SCRIPT = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
});
`;
