import type { ProblemCode } from '@mediamtx-monitor/types';

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

/**
 * That of the API's problem document; or `refused`: it refused for a reason that isn't known here; `unreachable`: nothing
 * answered; `bad-data`: what came is no answer to this; `invalid-request`: that can't be asked; `no-token`: the token
 * function failed.
 */
export type RequestErrorCode =
  ProblemCode | 'refused' | 'unreachable' | 'bad-data' | 'invalid-request' | 'no-token';

/** The API didn't answer a question, or refused it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: RequestErrorCode;
  /** HTTP status; `null` when nothing answered. */
  readonly status: number | null;

  constructor(code: RequestErrorCode, message: string, status: number | null = null) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
