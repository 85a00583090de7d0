import type { JsonObject } from './json-schema.ts';

/** Headers of answers, as both 200 and 304 have them. */
const HEADERS = {
  ETag: {
    description:
      'Differs with every change and encoding; sent back as `If-None-Match` it is answered 304. Left out while ' +
      'there is no data',
    schema: { type: 'string', pattern: '^"[^"]+"$' },
  },
  Vary: {
    required: true,
    description: 'What of the request the answer depends on',
    schema: { type: 'string' },
  },
  Age: {
    description:
      'Age of the data when it was sent (s), of several servers the oldest’s; left out when unknown',
    schema: { type: 'integer', minimum: 0 },
  },
  'X-Collected-At': {
    description: 'When the data was collected (RFC 3339, UTC); left out when unknown',
    schema: { type: 'string', format: 'date-time' },
  },
  'X-Snapshot-Stale': {
    description: 'Whether the data is older than 3 × its interval, or was never read; left out when unknown',
    schema: { type: 'boolean' },
  },
  'X-Snapshot-Simulated': {
    description: 'Whether the numbers come from the simulator; left out when unknown',
    schema: { type: 'boolean' },
  },
  'Retry-After': {
    required: true,
    description: 'When to ask again (s)',
    schema: { type: 'integer', minimum: 1 },
  },
  'WWW-Authenticate': {
    required: true,
    description: 'How to prove who asks (RFC 6750)',
    schema: { type: 'string' },
  },
  Allow: { required: true, description: 'Methods that are possible here', schema: { type: 'string' } },
} as const satisfies Record<string, JsonObject>;
export type HeaderName = keyof typeof HEADERS;

/** Where the data of an answer comes from. */
export const PROVENANCE = [
  'Age',
  'X-Collected-At',
  'X-Snapshot-Stale',
  'X-Snapshot-Simulated',
] as const satisfies readonly HeaderName[];

/** The headers as components of the document. */
export const HEADER_COMPONENTS: JsonObject = HEADERS;

/** References to headers, as a response lists them. */
export function headersOf(names: readonly HeaderName[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
