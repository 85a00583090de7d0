import { SCHEMAS } from './components.ts';
import { DATA_RESOURCES } from './data-resources.ts';
import { HEADER_COMPONENTS } from './headers.ts';
import type { JsonObject } from './json-schema.ts';
import { operationOf, parameterComponents } from './operation.ts';
import { problemComponents, problemTable } from './problems.ts';
import { SERVICE_RESOURCES } from './service-resources.ts';

const RESOURCES = [...DATA_RESOURCES, ...SERVICE_RESOURCES];

const DESCRIPTION = `What a fleet of MediaMTX servers does, every tick.

\`HEAD\` is answered as \`GET\` is, without a body; any other method is 405. \`null\` means "not measured", never 0.
Records may get more members: ignore what you don't know. A query parameter that a resource doesn't have is refused.

Errors are problem documents (RFC 9457). Decide by their \`code\`:

${problemTable()}

A path that nothing has is answered with \`not-found\`.`;

/** The description of the HTTP side (OpenAPI 3.1). */
export function createOpenapi(version: string): JsonObject {
  const paths = RESOURCES.map((resource) => [resource.path, { [resource.method]: operationOf(resource) }]);
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
      { name: 'service', description: 'This service itself' },
    ],
    paths: Object.fromEntries(paths),
    components: {
      schemas: SCHEMAS,
      parameters: parameterComponents(),
      headers: HEADER_COMPONENTS,
      responses: problemComponents(RESOURCES),
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
