/** `unauthorized`: a login is wanted; `missing`: nothing is there; `no-media`: nothing came; `unsupported`: not here. */
export type PlayErrorCode = 'unauthorized' | 'missing' | 'no-media' | 'unsupported' | 'unreachable';

/** A preview that can't be played. */
export class PlayError extends Error {
  override readonly name = 'PlayError';
  readonly code: PlayErrorCode;

  constructor(code: PlayErrorCode) {
    super(code);
    this.code = code;
  }

  /** What an HTTP status means here. */
  static ofStatus(status: number): PlayError {
    if (status === 401 || status === 403) return new PlayError('unauthorized');
    return new PlayError(status === 404 ? 'missing' : 'no-media');
  }

  /** Whatever was thrown: browsers tell of a request that failed no more than that. */
  static of(thrown: unknown): PlayError {
    return thrown instanceof PlayError ? thrown : new PlayError('unreachable');
  }
}
