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

/** The API didn't answer a question, or refused it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** HTTP status; `null` when nothing answered. */
  readonly status: number | null;
  /** Code of the API's problem document; `null` where there is none. */
  readonly problem: ProblemCode | null;

  constructor(message: string, status: number | null, problem: ProblemCode | null) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}
