import { type ParameterName, PARAMETERS } from '../http/parameters.ts';
import { schemaOf } from './components.ts';
import { headersOf } from './headers.ts';
import type { JsonObject } from './json-schema.ts';
import { problemResponses, problemsOf } from './problems.ts';
import type { Answer, Resource } from './resource.ts';

/** A resource as an Operation Object of OpenAPI. */
export function operationOf(resource: Resource): JsonObject {
  const { id, tag, summary, description, path, parameters, isOpen = false } = resource;
  const query = parameters === 'any' ? [] : parameters.map(referenceToParameter);
  const all = path.includes('{name}') ? [{ $ref: '#/components/parameters/name' }, ...query] : query;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(all.length > 0 && { parameters: all }),
    responses: { ...answersOf(resource), ...problemResponses(problemsOf(resource)) },
    security: isOpen ? [] : securityOf(resource),
  };
}

/** All parameters as components of the document. */
export function parameterComponents(): JsonObject {
  const query = Object.entries(PARAMETERS).map(
    ([name, { schema, allowed, description }]): [string, JsonObject] => [
      name,
      { name, in: 'query', description: `${description}. Allowed: ${allowed}.`, schema: schemaOf(schema) },
    ],
  );
  return {
    name: {
      name: 'name',
      in: 'path',
      required: true,
      description: 'Name of the stream, percent-encoded; its slashes may stand as they are',
      schema: { type: 'string', minLength: 1 },
    },
    ...Object.fromEntries(query),
  };
}

function referenceToParameter(name: ParameterName): JsonObject {
  return { $ref: `#/components/parameters/${name}` };
}

function answersOf({ answers }: Resource): JsonObject {
  const responses = Object.entries(answers).map(([status, answer]): [string, unknown] => [
    status,
    responseOf(answer),
  ]);
  const tagged = Object.values(answers).find(({ headers = [] }) => headers.includes('ETag'));
  const notModified = { description: 'The client has it already', headers: headersOf(tagged?.headers ?? []) };
  return { ...Object.fromEntries(responses), ...(tagged && { 304: notModified }) };
}

function responseOf({ description, type, body, headers }: Answer): JsonObject {
  const schema = body === undefined ? { type: 'string' } : schemaOf(body);
  return {
    description,
    ...(headers && { headers: headersOf(headers) }),
    content: { [type]: { schema } },
  };
}

/** Without tokens everyone may ask. A ticket opens what is only read. */
function securityOf({ method }: Resource): readonly JsonObject[] {
  return method === 'get' ? [{ bearer: [] }, { ticket: [] }, {}] : [{ bearer: [] }, {}];
}
