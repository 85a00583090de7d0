/**
 * `unauthorized`: a login is wanted; `missing`: nothing is there; `refused`: an error of the media server; `no-media`:
 * nothing came in time; `codec`: not one of this browser's; `not-allowed`: the browser lets the page play nothing;
 * `unsupported`: it can't play this way; `outdated`: a part of the page is gone; `unreachable`: no answer; `ended`: it
 * played, but does so no more.
 */
export type PlayErrorCode =
  | 'unauthorized'
  | 'missing'
  | 'refused'
  | 'no-media'
  | 'codec'
  | 'not-allowed'
  | 'unsupported'
  | 'outdated'
  | 'unreachable'
  | 'ended';

/** A preview that can't be played. */
export class PlayError extends Error {
  override readonly name = 'PlayError';
  readonly code: PlayErrorCode;

  constructor(code: PlayErrorCode) {
    super(code);
    this.code = code;
  }

  /** What an HTTP status means here; 0 is no answer. */
  static ofStatus(status: number): PlayError {
    if (status === 0) return new PlayError('unreachable');
    if (status === 401 || status === 403) return new PlayError('unauthorized');
    return new PlayError(status === 404 ? 'missing' : 'refused');
  }

  /** Whatever was thrown: of a request that failed browsers say no more than that. */
  static of(thrown: unknown): PlayError {
    if (thrown instanceof PlayError) return thrown;
    const isForbidden = thrown instanceof DOMException && thrown.name === 'NotAllowedError';
    return new PlayError(isForbidden ? 'not-allowed' : 'unreachable');
  }
}

/** What a way of playing is given. */
export interface Playback {
  readonly video: HTMLVideoElement;
  /** Ends it, at any time. */
  readonly signal: AbortSignal;
  /** Is called when something that played plays no more; not when it was ended. */
  readonly onEnd: (why: PlayError) => void;
}

/** Plays what is at an address. Resolves when it plays. @throws {PlayError} or whatever the browser throws */
export type Play = (url: string, playback: Playback) => Promise<void>;
