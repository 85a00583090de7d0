import type { JsonObject } from '../../src/describe/json-schema.ts';
import { createAsyncapi } from '../../src/describe/asyncapi.ts';
import { createOpenapi } from '../../src/describe/openapi.ts';
import { ROUTES } from '../../src/routes/index.ts';

/** As clients get them. */
export const openapi = asSent(createOpenapi('1.2.3', ROUTES));
export const asyncapi = asSent(createAsyncapi('1.2.3', ROUTES));

/** Follows members of a document, references included. */
export function at(document: JsonObject, ...path: readonly string[]): unknown {
  let value: unknown = document;
  for (const name of path) {
    value = isObject(value) ? resolved(document, value[name]) : undefined;
  }
  return value;
}

/** An object's members by name; none of anything else. */
export function membersOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function resolved(document: JsonObject, value: unknown): unknown {
  const reference = membersOf(value)['$ref'];
  return typeof reference === 'string' ? at(document, ...reference.split('/').slice(1)) : value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function asSent(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document)) as JsonObject;
}
