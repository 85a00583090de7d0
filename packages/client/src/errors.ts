/**
 * `invalid-url`, `invalid-subscription`: what was passed can't be right;
 * `no-websocket`, `no-fetch`: this platform has none and none was passed.
 */
export type MonitorErrorCode = 'invalid-url' | 'invalid-subscription' | 'no-websocket' | 'no-fetch';

/** A mistake in how the client is used: thrown at once, since trying again wouldn't help. */
export class MonitorError extends Error {
  override readonly name = 'MonitorError';
  readonly code: MonitorErrorCode;

  constructor(code: MonitorErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
