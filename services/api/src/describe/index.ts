import type { RequestListener } from 'node:http';
import { createAsyncapi } from './asyncapi.ts';
import { createDocs } from './docs.ts';
import type { JsonObject } from './json-schema.ts';
import { createOpenapi } from './openapi.ts';
import { type Document, serve } from './serve.ts';

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
  return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(document)) };
}
