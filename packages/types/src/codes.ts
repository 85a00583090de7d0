/** Stable codes of the API's problem documents (RFC 9457), with the HTTP status each comes with. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'Not a request of HTTP/1.1' },
  'invalid-url': { status: 400, title: 'Invalid URL' },
  'not-found': { status: 404, title: 'Nothing here' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'unknown-parameter': { status: 400, title: 'Unknown query parameter' },
  'invalid-parameter': { status: 400, title: 'Invalid query parameter' },
  'invalid-body': { status: 400, title: 'Invalid body' },
  'invalid-handshake': { status: 400, title: 'Not a WebSocket handshake' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  'forbidden-host': { status: 403, title: 'This host name is not one of this service' },
  'writes-off': { status: 403, title: 'Nobody may change anything here' },
  'not-operator': { status: 403, title: 'This token may only read' },
  'forbidden-origin': { status: 403, title: 'Pages of other origins may not read this' },
  'unknown-server': { status: 404, title: 'Unknown server' },
  'unknown-stream': { status: 404, title: 'Unknown stream' },
  'unknown-host': { status: 404, title: 'Unknown host' },
  'unknown-alert': { status: 404, title: 'Unknown alert' },
  'unknown-silence': { status: 404, title: 'Unknown silence' },
  'unknown-target': { status: 404, title: 'Unknown target' },
  'unknown-notification': { status: 404, title: 'Nothing to be sent again' },
  'server-required': { status: 400, title: 'More than one server: say which' },
  'step-too-fine': { status: 400, title: 'Not kept in such small steps' },
  'request-timeout': { status: 408, title: 'The request took too long to come' },
  'tickets-off': { status: 409, title: 'No ticket is needed here' },
  'no-alerter': { status: 409, title: 'No alerter is at work' },
  'too-many-silences': { status: 409, title: 'Too many silences hold already' },
  'target-gone': { status: 409, title: 'The target is gone' },
  'body-too-large': { status: 413, title: 'Body too large' },
  'unsupported-media-type': { status: 415, title: 'Only JSON is taken' },
  'expectation-failed': { status: 417, title: 'Unknown expectation' },
  'upgrade-required': { status: 426, title: 'Only for WebSocket' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'too-many-reads': { status: 429, title: 'Too many reads wait already' },
  'tested-already': { status: 429, title: 'Tested in the last minute already' },
  'headers-too-large': { status: 431, title: 'Headers too large' },
  'too-many-clients': { status: 503, title: 'Too many clients' },
  'too-many-filters': { status: 503, title: 'Too many different filters' },
  'no-data': { status: 503, title: 'No data yet' },
  'window-too-large': { status: 400, title: 'Too much for one answer' },
  'store-refused': { status: 502, title: 'What is kept isn’t given out' },
  'store-unavailable': { status: 503, title: 'What is kept can’t be read now' },
  'internal-error': { status: 500, title: 'Internal error' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** A problem document (RFC 9457). */
export interface Problem {
  /** `about:blank`: the code says it all. */
  readonly type: 'about:blank';
  readonly title: string;
  /** HTTP status. */
  readonly status: number;
  /** What happened and what to do. */
  readonly detail: string;
  readonly code: ProblemCode;
}

/** Stable codes of the error messages on a WebSocket; each is followed by the close code of the same name. */
export const SOCKET_ERRORS = {
  'bad-message': 'badMessage',
  'too-many-messages': 'tooManyMessages',
  'too-many-requests': 'tooManyRequests',
  'too-many-filters': 'tooManyFilters',
} as const satisfies Record<string, keyof typeof CLOSE_CODES>;
export type SocketErrorCode = keyof typeof SOCKET_ERRORS;

/**
 * WebSocket close codes. 4000–4099: the client did wrong and should not come back as it is;
 * 4100–4199 and 1012: it may come back.
 */
export const CLOSE_CODES = {
  /** The service restarts or stops (RFC 6455 registry): come back at once. */
  serviceRestart: 1012,
  /** The client sent something this service doesn't know. */
  badMessage: 4000,
  /** The token it came with was removed. */
  tokenRemoved: 4001,
  /** It sent too many messages in a second. */
  tooManyMessages: 4002,
  /** It took nothing for 30 s; once its link is better it may come back. */
  tooSlow: 4100,
  /** The key of tickets was changed, and it came with one: it may come back with a new ticket. */
  ticketVoid: 4101,
  /** There was no room for the filter it asked for; there may be later, or for another. */
  tooManyFilters: 4102,
  /** Its address asked too often in a minute. */
  tooManyRequests: 4103,
} as const;

/** Exit codes of the services. */
export const EXIT_CODES = {
  done: 0,
  /** `--once`: MediaMTX not reachable or refused. Otherwise: an unexpected failure. */
  failed: 1,
  /** A wrong setting. */
  wrongSetting: 2,
  /** `--once`: Redis not reachable. */
  redisUnreachable: 3,
  /** `--once`: the JSON file could not be written. */
  fileNotWritten: 4,
} as const;
