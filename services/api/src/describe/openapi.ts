import { HEADERS } from '../http/headers.ts';
import { type ParameterName, PARAMETERS, urlNameOf } from '../http/parameters.ts';
import type { Route, RouteAnswer, RouteBody, RouteDescription } from '../http/route.ts';
import { namedSchemas, schemaOf } from './components.ts';
import { type JsonObject, jsonSchemaOf } from './json-schema.ts';
import { headersOf, problemComponents, problemResponses, problemsOf, problemTable } from './problems.ts';

const DESCRIPTION = `What a fleet of MediaMTX servers does, every tick.

\`HEAD\` is answered as \`GET\` is, without a body; any other method is 405. \`null\` means "not measured", never 0.
Records may get more members: ignore what you don't know. A query parameter that a resource doesn't have is refused.

Errors are problem documents (RFC 9457). Decide by their \`code\`:

${problemTable()}

A path that nothing has is answered with \`not-found\`.`;

/** The description of the HTTP side (OpenAPI 3.1), made of the routes that it has a place for. */
export function createOpenapi(version: string, routes: readonly Route[]): JsonObject {
  const paths = routes.flatMap((route): [string, JsonObject][] => {
    const { path, method, described } = route;
    return described === null ? [] : [[path, { [method]: operationOf(route, described) }]];
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'MediaMTX Monitor',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Of its own address, which may be below a path of a proxy.
    servers: [{ url: '..' }],
    tags: [
      { name: 'data', description: 'Servers, streams and connections' },
      { name: 'live', description: 'What comes by itself' },
      { name: 'changes', description: 'What those in API_OPERATORS may do about alerts' },
      { name: 'status', description: 'Pages for everyone, that need no token and tell nothing else' },
      { name: 'service', description: 'This service itself' },
    ],
    paths: Object.fromEntries(paths),
    components: {
      schemas: namedSchemas(),
      parameters: parameterComponents(),
      headers: HEADERS,
      responses: problemComponents(routes.filter(({ described }) => described !== null)),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token, where the service has tokens' },
        ticket: {
          type: 'apiKey',
          in: 'query',
          name: 'ticket',
          description: 'A ticket of `POST /api/tickets`, for reading',
        },
      },
    },
  };
}

/** A route as an Operation Object. */
function operationOf(route: Route, { id, tag, summary, description }: RouteDescription): JsonObject {
  const { path, parameters, open = false } = route;
  const query = parameters === 'any' ? [] : parameters.map(referenceToParameter);
  const inPath = ['name', 'id', 'target', 'page', 'item'].filter((each) => path.includes(`{${each}}`));
  const all = [...inPath.map((each) => ({ $ref: `#/components/parameters/${each}` })), ...query];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(all.length > 0 && { parameters: all }),
    ...(route.body !== undefined && { requestBody: requestBodyOf(route.body) }),
    responses: { ...answersOf(route), ...problemResponses(problemsOf(route)) },
    security: open ? [] : securityOf(route),
  };
}

/** All parameters as components of the document. */
function parameterComponents(): JsonObject {
  const query = (Object.keys(PARAMETERS) as ParameterName[]).map((key): [string, JsonObject] => {
    const { schema, allowed, description } = PARAMETERS[key];
    const described = {
      name: urlNameOf(key),
      in: 'query',
      description: `${description}. Allowed: ${allowed}.`,
    };
    return [key, { ...described, schema: schemaOf(schema) }];
  });
  return {
    name: {
      name: 'name',
      in: 'path',
      required: true,
      description: 'Name of the stream, percent-encoded; its slashes may stand as they are',
      schema: { type: 'string', minLength: 1 },
    },
    id: {
      name: 'id',
      in: 'path',
      required: true,
      description: 'Id of the server, host, alert, silence or notification',
      schema: { type: 'string', minLength: 1 },
    },
    target: {
      name: 'target',
      in: 'path',
      required: true,
      description: 'Name of the target',
      schema: { type: 'string', minLength: 1 },
    },
    page: {
      name: 'page',
      in: 'path',
      required: true,
      description: 'Name of the status page, as `MONITOR_CONFIG` has it',
      schema: { type: 'string', minLength: 1 },
    },
    item: {
      name: 'item',
      in: 'path',
      required: true,
      description: 'Id of an item of the page, as its JSON has it',
      schema: { type: 'string', minLength: 1 },
    },
    ...Object.fromEntries(query),
  };
}

function referenceToParameter(name: ParameterName): JsonObject {
  return { $ref: `#/components/parameters/${name}` };
}

function answersOf({ answers }: Route): JsonObject {
  const responses = Object.entries(answers).map(([status, answer]): [string, unknown] => [
    status,
    responseOf(answer),
  ]);
  const tagged = Object.values(answers).find(({ headers = [] }) => headers.includes('ETag'));
  const notModified = { description: 'The client has it already', headers: headersOf(tagged?.headers ?? []) };
  return { ...Object.fromEntries(responses), ...(tagged && { 304: notModified }) };
}

function responseOf({ description, type, alsoAs, body, headers }: RouteAnswer): JsonObject {
  const schema = body === undefined ? { type: 'string' } : schemaOf(body);
  return {
    description,
    ...(headers && { headers: headersOf(headers) }),
    content: {
      [type]: { schema },
      ...(alsoAs !== undefined && { [alsoAs]: { schema: { type: 'string' } } }),
    },
  };
}

/** What is sent; a member that isn't known there is a mistake. */
function requestBodyOf({ schema, required }: RouteBody): JsonObject {
  return { required, content: { 'application/json': { schema: jsonSchemaOf(schema, { closed: true }) } } };
}

/** Without tokens everyone may read, and nobody change anything. A ticket opens what is only read. */
function securityOf({ method, isChange = false }: Route): readonly JsonObject[] {
  if (isChange) return [{ bearer: [] }];
  return method === 'get' ? [{ bearer: [] }, { ticket: [] }, {}] : [{ bearer: [] }, {}];
}
