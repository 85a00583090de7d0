import type { RequestListener } from 'node:http';
import { createDocument, type Document } from '../http/document.ts';
import { createAsyncapi } from './asyncapi.ts';
import { createDocs } from './docs.ts';
import type { JsonObject } from './json-schema.ts';
import { createOpenapi } from './openapi.ts';
import { serve } from './serve.ts';

export interface DescriptionOptions {
  /** Version of the service. */
  readonly version: string;
}

/**
 * The API in its own words: OpenAPI, AsyncAPI and a page that shows the former. All is made once, when first asked for.
 * @returns what answers `GET` and `HEAD`, by path; with a slash at its end, everything below it.
 * They throw `RefusedError`.
 */
export function createDescriptions({
  version,
}: DescriptionOptions): Readonly<Record<string, RequestListener>> {
  return {
    '/api/openapi.json': serve(() => json(createOpenapi(version))),
    '/api/asyncapi.json': serve(() => json(createAsyncapi(version))),
    ...createDocs(),
  };
}

function json(document: JsonObject): Document {
  return createDocument('application/json; charset=utf-8', Buffer.from(JSON.stringify(document)));
}
