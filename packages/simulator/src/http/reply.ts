import type { ErrorForm } from '../versions/version.ts';

/** A body, or the parts of one that is too big to hold. */
export type Body = string | Buffer | Generator<string>;

/** An HTTP answer. */
export interface SimulatorAnswer {
  readonly status: number;
  /** Absent with an empty body. */
  readonly contentType?: string;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
  /** How much later than at once. */
  readonly delayMs?: number;
}

/** What a request gets: an answer, or none, or the end of its connection. */
export type Reply = SimulatorAnswer | 'hang' | 'cut';

/** JSON as MediaMTX sends it. */
export function json(body: Body, status = 200): SimulatorAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body };
}

/** An error as a version of MediaMTX tells it. */
export function errorAnswer(form: ErrorForm, status: number, error: string): SimulatorAnswer {
  if (form === 'empty') return { status, body: '' };
  return json(JSON.stringify(form === 'error' ? { error } : { status: 'error', error }), status);
}

/** What MediaMTX answers to routes it doesn't know or that are off. */
export function notFound(): SimulatorAnswer {
  return { status: 404, contentType: 'text/plain', body: '404 page not found' };
}

/** What MediaMTX answers without the right credentials. */
export function unauthorized(form: ErrorForm): SimulatorAnswer {
  return errorAnswer(form, 401, 'authentication error');
}
