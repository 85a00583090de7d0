/**
 * What can be wrong about asking a server, and the names of what its sentence is told with. Those of a kind have one
 * sentence and one advice.
 */
export const SOURCE_ERRORS = {
  'connection-refused': ['url'],
  'connection-refused-in-container': ['url', 'host', 'better'],
  'connection-cut': ['url'],
  'unknown-host': ['url', 'systemCode'],
  'unknown-host-of-container': ['url', 'systemCode'],
  'host-unreachable': ['url', 'systemCode'],
  'request-failed': ['url', 'detail'],
  timeout: ['url', 'timeoutMs'],
  'access-refused': ['url'],
  'login-refused': ['url'],
  'token-refused': ['url'],
  'tls-expected': ['url', 'rightUrl'],
  'plain-expected': ['url', 'rightUrl'],
  'certificate-unknown': ['url', 'systemCode'],
  'certificate-name': ['url', 'host'],
  'certificate-expired': ['url', 'systemCode'],
  'fingerprint-differs': ['url', 'fingerprint'],
  redirected: ['url', 'target', 'httpStatus'],
  'other-port': ['url', 'service', 'rightUrl'],
  'wrong-path': ['url', 'path', 'rightUrl'],
  'web-page': ['url', 'list'],
  'not-found': ['url', 'list'],
  'http-error': ['url', 'list', 'httpStatus'],
  'list-hidden': ['url', 'routes'],
  'invalid-answer': ['url', 'list', 'cause', 'found', 'limit'],
  'invalid-item': ['list', 'item'],
  'too-much': ['url', 'kind', 'limit', 'list'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SourceErrorCode = keyof typeof SOURCE_ERRORS;

/** In what way an answer isn't what MediaMTX sends: `cause` of `invalid-answer`. */
export const ANSWER_CAUSES = [
  'not-json',
  'not-object',
  'no-body',
  'no-items',
  'no-counts',
  'cut-short',
  'compressed',
  'body-too-long',
  'head-too-long',
  'record-too-long',
  'too-deep',
  'too-many-pages',
  'too-few-items',
] as const;

export type AnswerCause = (typeof ANSWER_CAUSES)[number];

/** What there can be too much of: `kind` of `too-much`. */
export const TOO_MUCH_KINDS = ['bytes', 'values', 'records'] as const;

export type TooMuchKind = (typeof TOO_MUCH_KINDS)[number];

/** What the sentence of an error is told with; never a credential. */
export type SourceErrorValues<Code extends SourceErrorCode> = Readonly<
  Record<(typeof SOURCE_ERRORS)[Code][number], string>
>;

/** Which mistake `source.error` tells of, for those who tell it in other words. */
export interface SourceError {
  readonly code: SourceErrorCode;
  /** By the names that the code has. */
  readonly values: Readonly<Record<string, string>>;
}
