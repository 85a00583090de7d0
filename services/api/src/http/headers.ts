interface DescribedHeader {
  /** Whether every answer that it belongs to has it. */
  readonly required?: boolean;
  readonly description: string;
  /** JSON Schema of its value. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Headers of answers, as both 200 and 304 have them. */
export const HEADERS = {
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
  Link: {
    description:
      'Where there is more: the same question with the cursor that leads there, `rel="next"` (RFC 8288)',
    schema: { type: 'string' },
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
} as const satisfies Record<string, DescribedHeader>;
export type HeaderName = keyof typeof HEADERS;

/** Where the data of an answer comes from. */
export const PROVENANCE = [
  'Age',
  'X-Collected-At',
  'X-Snapshot-Stale',
  'X-Snapshot-Simulated',
] as const satisfies readonly HeaderName[];
