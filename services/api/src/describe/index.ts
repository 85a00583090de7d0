import { type Representation, representDocument } from '../http/answer.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { createAsyncapi } from './asyncapi.ts';
import { createDocsPage, DOCS_FILES } from './docs.ts';
import type { JsonObject } from './json-schema.ts';
import { once } from './once.ts';
import { createOpenapi } from './openapi.ts';

export interface DescriptionOptions {
  /** Version of the service. */
  readonly version: string;
  readonly routes: readonly Route[];
}

/** The API in its own words: OpenAPI, AsyncAPI and a page that shows the former. All is made once, when first asked for. */
export function createDescriptions({ version, routes }: DescriptionOptions): RouteContext['documents'] {
  const files = new Map([...DOCS_FILES].map(([name, make]) => [name, once(make)]));
  return {
    openapi: once(() => json(createOpenapi(version, routes))),
    asyncapi: once(() => json(createAsyncapi(version, routes))),
    docsPage: once(createDocsPage),
    docsFile: (name) => files.get(name)?.(),
  };
}

function json(document: JsonObject): Representation {
  return representDocument('application/json; charset=utf-8', Buffer.from(JSON.stringify(document)));
}
